import { useQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { Completeness } from '../domain/report.js';

/** What gateways reported of these days, both included. */
export const useCompleteness = (from: string, to: string) =>
  useQuery({
    queryKey: ['completeness', from, to],
    queryFn: ({ signal }) =>
      askJson<Completeness>(`/api/study-registry/completeness${queryOf({ from, to })}`, { signal }),
    staleTime: 60_000,
  });
