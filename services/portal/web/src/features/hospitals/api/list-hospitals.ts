import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { askJson } from '../../../http/ask.js';
import type { Hospital } from '../domain/hospital.js';

export const useHospitals = () =>
  useQuery({
    queryKey: ['hospitals'],
    queryFn: async ({ signal }) => {
      const { items } = await askJson<{ items: readonly Hospital[] }>('/api/directory/hospitals', { signal });
      return items;
    },
    staleTime: 60_000,
  });

/** A hospital's name by its code; the code itself while names are on their way. */
export function useHospitalNames(): (code: string) => string {
  const { data } = useHospitals();
  return useCallback((code: string) => data?.find((hospital) => hospital.code === code)?.name ?? code, [data]);
}
