import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { DecisionMade, PatientKey } from '../domain/conflict.js';

/** Whatever a steward does may change the queue, both sides and the person's history. */
function useChange<Asked, Answer>(change: (asked: Asked) => { readonly path: string; readonly body: object }) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => {
      const { path, body } = change(asked);
      return askJson<Answer>(`/api/patient-index/${path}`, { method: 'POST', body, purpose: 'HOPERAT' });
    },
    onSuccess: () =>
      Promise.all(
        ['conflicts', 'workload', 'persons', 'identities'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
}

export const useDecideConflict = () =>
  useChange<{ conflictId: string; decision: DecisionMade['decision']; note: string }, DecisionMade>(
    ({ conflictId, ...body }) => ({ path: `conflicts/${conflictId}/decision`, body }),
  );

export const useSplitPerson = () =>
  useChange<{ patients: readonly PatientKey[]; note: string }, { decisionId: string; personId: string }>((body) => ({
    path: 'splits',
    body,
  }));

export const useWithdrawDecision = () =>
  useChange<{ decisionId: string; note: string }, { decisionId: string }>(({ decisionId, note }) => ({
    path: `decisions/${decisionId}/withdrawal`,
    body: { note },
  }));

export const useAskHospital = () =>
  useChange<{ conflictId: string; hospital: string; question: string }, { questionId: string }>(
    ({ conflictId, ...body }) => ({ path: `conflicts/${conflictId}/questions`, body }),
  );

export const useAnswerQuestion = () =>
  useChange<{ questionId: string; answer: string }, { questionId: string }>(({ questionId, answer }) => ({
    path: `questions/${questionId}/answer`,
    body: { answer },
  }));
