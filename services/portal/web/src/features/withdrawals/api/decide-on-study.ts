import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Asked } from '../domain/study-decision.js';

export type Decide = Asked & { readonly note: string };

export function useDecideOnStudy(studyInstanceUid: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (made: Decide) =>
      askJson<object>(`/api/study-registry/studies/${encodeURIComponent(studyInstanceUid)}/decisions`, {
        method: 'POST',
        body: bodyOf(made),
        purpose: 'HOPERAT',
      }),
    // After a refusal too: somebody else may have decided. What is withdrawn or held decides about disposals.
    onSettled: () =>
      Promise.all(['withdrawals', 'disposals'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

/** A hold is on the whole study; only a withdrawal has a reason. */
function bodyOf({ decision, reason, note, ...target }: Decide): object {
  if (decision === 'hold' || decision === 'release') return { decision, note };
  return { decision, note, ...target, ...(decision === 'withdraw' ? { reason } : {}) };
}
