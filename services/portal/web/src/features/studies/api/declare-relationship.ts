import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

interface Declared {
  readonly relationshipId: string;
  readonly personId: string;
  readonly expiresAt: string;
}

const declaredKey = (personId: string) => ['declared', personId];

/** States why a clinician must see a person whom their hospital has not treated. It is recorded, and holds some hours. */
export function useDeclareRelationship(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      askJson<Declared>('/api/consent-audit/declared-relationships', { method: 'POST', body: { personId, reason } }),
    onSuccess: (declared) => {
      client.setQueryData(declaredKey(personId), declared);
      return client.invalidateQueries({ queryKey: ['studies', personId] });
    },
  });
}

/** Whether a reason was given in this tab. */
export const useHasDeclared = (personId: string) =>
  useQueryClient().getQueryData<Declared>(declaredKey(personId)) !== undefined;
