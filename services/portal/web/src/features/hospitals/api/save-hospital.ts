import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Hospital } from '../domain/hospital.js';

export type HospitalToSave = Pick<Hospital, 'code' | 'name' | 'level' | 'creditCode' | 'callingAeTitles' | 'pixels'>;

/** Adds a hospital, or changes the one that was read. */
export function useSaveHospital(read: Hospital | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ code, ...rest }: HospitalToSave) =>
      read === null
        ? askJson<Hospital>('/api/directory/hospitals', { method: 'POST', body: { code, ...rest } })
        : askJson<Hospital>(`/api/directory/hospitals/${read.code}`, {
            method: 'PATCH',
            body: { version: read.version, ...rest },
          }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['hospitals'] }),
  });
}
