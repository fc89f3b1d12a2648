import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import { JOINS_KEY } from './list-joins.js';

/** Says which exam a study belongs to; null for none of them. */
export function useDecideJoin(studyInstanceUid: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (examId: number | null) =>
      send(`/api/gateway/joins/${studyInstanceUid}/decision`, { method: 'POST', body: { examId } }),
    onSettled: () => client.invalidateQueries({ queryKey: JOINS_KEY }),
  });
}
