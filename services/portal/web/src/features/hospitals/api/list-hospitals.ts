import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { askJson } from '../../../http/ask.js';
import type { Hospital } from '../domain/hospital.js';

/** Administrators are told everything, everybody else code, name and level. */
export type Listed = Pick<Hospital, 'code' | 'name' | 'level'> & Partial<Hospital>;

export const inFull = (listed: Listed): listed is Hospital => listed.version !== undefined;

export const useHospitals = () =>
  useQuery({
    queryKey: ['hospitals'],
    queryFn: async ({ signal }) => {
      const answer = await askJson<{ hospitals: readonly Listed[] }>('/api/directory/hospitals', { signal });
      return answer.hospitals;
    },
    staleTime: 60_000,
  });

/** A hospital's name by its code; the code itself while names are on their way. */
export function useHospitalNames(): (code: string) => string {
  const { data } = useHospitals();
  return useCallback((code: string) => data?.find((hospital) => hospital.code === code)?.name ?? code, [data]);
}
