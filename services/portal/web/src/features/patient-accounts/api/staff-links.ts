import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

const ADDRESS = '/api/consent-audit';

export interface StaffLink {
  readonly linkId: string;
  readonly account: string;
  readonly linkedAt: string;
  readonly linkedAtHospital: string | null;
}

/** Accounts of the clerk's staff that are this person. */
export const useStaffLinks = (personId: string) =>
  useQuery({
    queryKey: ['staff-links', personId],
    queryFn: async ({ signal }) => {
      const address = `${ADDRESS}/persons/${personId}/staff-links`;
      return (await askJson<{ items: readonly StaffLink[] }>(address, { signal, purpose: 'HOPERAT' })).items;
    },
  });

export function useLinkStaff(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (seen: { account: string; identity: string }) =>
      askJson<unknown>(`${ADDRESS}/staff-links`, { method: 'POST', body: { ...seen, personId }, purpose: 'HOPERAT' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['staff-links', personId] }),
  });
}

export function useUnlinkStaff(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (linkId: string) => askJson<unknown>(`${ADDRESS}/staff-links/${linkId}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['staff-links', personId] }),
  });
}
