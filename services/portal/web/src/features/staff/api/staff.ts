import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role } from '@yinglian/contracts';
import { askJson, queryOf } from '../../../http/ask.js';

export interface StaffMember {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly department: string | null;
  readonly active: boolean;
}

export type NewStaffMember = Omit<StaffMember, 'active'>;

/** Staff of one hospital; null for the commission's own. */
export const useStaff = (hospital: string | null) =>
  useQuery({
    queryKey: ['staff', hospital],
    queryFn: async ({ signal }) => {
      const query = queryOf({ hospital: hospital ?? undefined });
      const { items } = await askJson<{ items: readonly StaffMember[] }>(`/api/directory/staff${query}`, { signal });
      return items.filter((member) => member.hospital === hospital);
    },
  });

/** Answers the first password, which the directory shows once and then knows no more. */
export function useAddStaff(hospital: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (member: NewStaffMember) =>
      askJson<{ password: string }>('/api/directory/staff', { method: 'POST', body: member }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['staff', hospital] }),
  });
}

export function useChangeStaff(hospital: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ username, active }: { username: string; active: boolean }) =>
      askJson<StaffMember>(`/api/directory/staff/${encodeURIComponent(username)}`, {
        method: 'PATCH',
        body: { active },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['staff', hospital] }),
  });
}
