import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { CaseDecision } from '../domain/quarantine-case.js';

export interface Decide {
  readonly decision: CaseDecision['decision'];
  /** Of the case as it is on the screen. */
  readonly version: number;
  readonly note: string;
}

export function useDecideCase(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Decide) =>
      askJson<object>(`/api/study-registry/quarantine/${encodeURIComponent(caseId)}/decisions`, {
        method: 'POST',
        body,
        purpose: 'HOPERAT',
      }),
    // After a refusal too: somebody else may have decided.
    onSettled: () => client.invalidateQueries({ queryKey: ['quarantine'] }),
  });
}
