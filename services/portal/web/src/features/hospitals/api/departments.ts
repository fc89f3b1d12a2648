import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

export interface Department {
  readonly code: string;
  readonly name: string;
}

export interface KeptDepartment extends Department {
  /** The account of who answers for it. */
  readonly head: string | null;
  readonly version: number;
}

const address = (hospital: string) => `/api/directory/hospitals/${hospital}/departments`;

export const useDepartments = (hospital: string) =>
  useQuery({
    queryKey: ['departments', hospital],
    queryFn: async ({ signal }) =>
      (await askJson<{ departments: readonly KeptDepartment[] }>(address(hospital), { signal })).departments,
  });

export function useAddDepartment(hospital: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (department: Department) =>
      askJson<Department>(address(hospital), { method: 'POST', body: department }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['departments', hospital] }),
  });
}

/** Says who answers for a department; null for nobody. */
export function useSetHead(hospital: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ code, version, head }: Pick<KeptDepartment, 'code' | 'version' | 'head'>) =>
      askJson<KeptDepartment>(`${address(hospital)}/${code}`, { method: 'PATCH', body: { version, head } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['departments', hospital] }),
  });
}
