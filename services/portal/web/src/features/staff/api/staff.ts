import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '@yinglian/contracts';
import { ask, askJson, queryOf } from '../../../http/ask.js';

export interface StaffMember {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly department: string | null;
  readonly active: boolean;
  readonly secondFactor: boolean;
  /** Whether they may sign in at their hospital's own provider. */
  readonly linked: boolean;
  /** UTC; null unless wrong passwords or codes locked it. */
  readonly lockedUntil: string | null;
  /** Which state was read: a change of another one is refused. */
  readonly version: number;
}

export type NewStaffMember = Pick<StaffMember, 'username' | 'displayName' | 'roles' | 'hospital' | 'department'> & {
  /** For whoever approves the roles. */
  readonly reason: string;
};

interface Page {
  readonly staff: readonly StaffMember[];
  readonly nextCursor: string | null;
}

/** Staff of one hospital by username; null for everybody. */
export const useStaff = (hospital: string | null) =>
  useInfiniteQuery({
    queryKey: ['staff', hospital],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`/api/directory/staff${queryOf({ hospital: hospital ?? undefined, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (page: Page): string | undefined => page.nextCursor ?? undefined,
  });

/** Answers the first password, which the directory shows once and then knows no more. */
export function useAddStaff() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (member: NewStaffMember) =>
      askJson<{ initialPassword: string }>('/api/directory/staff', { method: 'POST', body: member }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['staff'] }),
  });
}

/** Asks for roles that are more than before, or to be let in again. */
export function useProposeRoles() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ username, ...proposed }: Pick<StaffMember, 'username' | 'version' | 'roles'> & { reason: string }) =>
      askJson<unknown>(`/api/directory/staff/${encodeURIComponent(username)}/role-proposals`, {
        method: 'POST',
        body: proposed,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['role-proposals'] }),
  });
}

/** Takes away: whatever gives more is proposed. */
export function useChangeStaff() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ username, ...change }: Pick<StaffMember, 'username' | 'version'> & Partial<StaffMember>) =>
      askJson<StaffMember>(`/api/directory/staff/${encodeURIComponent(username)}`, { method: 'PATCH', body: change }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['staff'] }),
  });
}

/** Answers the new password, shown once; the account's sessions end. */
export const useResetPassword = () =>
  useMutation({
    mutationFn: (username: string) =>
      askJson<{ password: string }>(`/api/directory/staff/${encodeURIComponent(username)}/password`, {
        method: 'POST',
      }),
  });

export type SecuredPart = 'second-factor' | 'lock' | 'sessions' | 'hospital-identity';

/** Takes back what stands at that place of an account: its second factor, its lock, its sessions, its link to the hospital's sign-in. */
export function useSecureAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ username, what }: { username: string; what: SecuredPart }) =>
      ask(`/api/directory/staff/${encodeURIComponent(username)}/${what}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['staff'] }),
  });
}
