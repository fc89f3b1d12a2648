import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askJson } from '../../../http/ask.js';
import type { Workstation, WorkstationToSave } from '../domain/workstation.js';

const address = (hospital: string) => `/api/directory/hospitals/${hospital}/workstations`;
const addressOf = (hospital: string, aeTitle: string) => `${address(hospital)}/${encodeURIComponent(aeTitle)}`;

export const useWorkstations = (hospital: string) =>
  useQuery({
    queryKey: ['workstations', hospital],
    queryFn: async ({ signal }) =>
      (await askJson<{ workstations: readonly Workstation[] }>(address(hospital), { signal })).workstations,
  });

/** Adds a workstation, or changes the one that was read. */
export function useSaveWorkstation(hospital: string, read: Workstation | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ aeTitle, ...settings }: WorkstationToSave) =>
      read === null
        ? askJson<Workstation>(address(hospital), { method: 'POST', body: { aeTitle, ...settings } })
        : askJson<Workstation>(addressOf(hospital, read.aeTitle), {
            method: 'PUT',
            body: { version: read.version, ...settings },
          }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['workstations', hospital] }),
  });
}

export function useRemoveWorkstation(hospital: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (aeTitle: string) => ask(addressOf(hospital, aeTitle), { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['workstations', hospital] }),
  });
}
