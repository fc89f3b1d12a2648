import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Hospital } from '../domain/hospital.js';

export type HospitalToSave = Omit<Hospital, 'aeTitle'>;

/** Adds a hospital, or changes the one with this code. */
export function useSaveHospital(isNew: boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ code, ...rest }: HospitalToSave) =>
      isNew
        ? askJson<Hospital>('/api/directory/hospitals', { method: 'POST', body: { code, ...rest } })
        : askJson<Hospital>(`/api/directory/hospitals/${code}`, { method: 'PATCH', body: rest }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['hospitals'] }),
  });
}
