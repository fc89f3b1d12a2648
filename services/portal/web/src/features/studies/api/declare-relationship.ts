import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

/** States why a clinician must see a person whom their hospital has not treated. It is recorded, and holds some hours. */
export function useDeclareRelationship(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      askJson<unknown>('/api/consent-audit/declared-relationships', { method: 'POST', body: { personId, reason } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['studies', personId] }),
  });
}
