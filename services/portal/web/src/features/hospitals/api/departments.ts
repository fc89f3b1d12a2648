import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

export interface Department {
  readonly code: string;
  readonly name: string;
}

const address = (hospital: string) => `/api/directory/hospitals/${hospital}/departments`;

export const useDepartments = (hospital: string) =>
  useQuery({
    queryKey: ['departments', hospital],
    queryFn: async ({ signal }) =>
      (await askJson<{ departments: readonly Department[] }>(address(hospital), { signal })).departments,
  });

export function useAddDepartment(hospital: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (department: Department) =>
      askJson<Department>(address(hospital), { method: 'POST', body: department }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['departments', hospital] }),
  });
}
