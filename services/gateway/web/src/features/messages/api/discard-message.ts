import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import { PARKED_KEY } from './parked-messages.js';

export function useDiscard(sequence: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      send(`/api/gateway/parked-messages/${sequence}/discard`, { method: 'POST', body: { reason } }),
    onSettled: () => client.invalidateQueries({ queryKey: PARKED_KEY }),
  });
}
