import { useQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { DayReport } from '../domain/report.js';

/** What gateways reported of these days, both included. */
export const useCompleteness = (from: string, to: string) =>
  useQuery({
    queryKey: ['completeness', from, to],
    queryFn: async ({ signal }) => {
      const path = `/api/study-registry/completeness${queryOf({ from, to })}`;
      return (await askJson<{ reports: readonly DayReport[] }>(path, { signal })).reports;
    },
    staleTime: 60_000,
  });
