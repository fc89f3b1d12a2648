import { useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

export interface Decision {
  readonly decision: 'link' | 'keep-apart';
  readonly note: string;
}

export function useDecideConflict(conflictId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) =>
      askJson<object>(`/api/patient-index/conflicts/${conflictId}/decision`, {
        method: 'POST',
        body: decision,
        purpose: 'HOPERAT',
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['conflicts'] }),
  });
}
