import { useQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { Statistics } from '../domain/statistics.js';

/** Of these months, both included. Looking is recorded: not again because the window is. */
export const useStatistics = (from: string, to: string) =>
  useQuery({
    queryKey: ['statistics', from, to],
    queryFn: ({ signal }) =>
      askJson<Statistics>(`/api/consent-audit/statistics${queryOf({ from, to })}`, { signal, purpose: 'HOPERAT' }),
    refetchOnWindowFocus: false,
  });
