import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import { useOwnPurpose } from '../../../session/session-context.js';
import type { Look } from '../domain/look.js';

/** @param own whether the reader's own are among them */
export function useLooks(personId: string, own: boolean) {
  const purpose = useOwnPurpose();
  return useInfiniteQuery({
    queryKey: ['looks', personId, own],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      askJson<{ items: readonly Look[]; next: string | null }>(
        `/api/consent-audit/persons/${personId}/looks${queryOf({ own: String(own), cursor: pageParam, limit: 30 })}`,
        { signal, purpose },
      ),
    getNextPageParam: ({ next }) => next,
  });
}
