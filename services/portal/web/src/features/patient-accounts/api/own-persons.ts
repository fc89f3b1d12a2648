import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

export interface OwnPerson {
  readonly personId: string;
  readonly standing: 'self' | 'guardian';
  readonly endsAt: string | null;
}

/** Whom the reader's account stands for; the owner first. */
export const useOwnPersons = () =>
  useQuery({
    queryKey: ['own-persons'],
    queryFn: async ({ signal }) =>
      (await askJson<{ items: readonly OwnPerson[] }>('/api/consent-audit/own-persons', { signal, purpose: 'PATRQT' }))
        .items,
  });
