import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { NamedGap } from '../domain/report.js';

/** The gaps that a hospital's gateway reported of a day, with the studies that it names. */
export const useDay = (hospital: string, day: string) =>
  useQuery({
    queryKey: ['completeness', hospital, day],
    queryFn: async ({ signal }) => {
      const path = `/api/study-registry/completeness/${hospital}/${day}`;
      return (await askJson<{ gaps: readonly NamedGap[] }>(path, { signal })).gaps;
    },
  });
