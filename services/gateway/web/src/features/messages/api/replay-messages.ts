import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import { PARKED_KEY } from './parked-messages.js';

/** Applies parked messages again: some, or all of a reason. */
export function useReplay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { sequences: readonly number[] } | { reason: string }): Promise<{ replayed: number }> =>
      (await send('/api/gateway/parked-messages/replay', { method: 'POST', body })).json(),
    onSettled: () => client.invalidateQueries({ queryKey: PARKED_KEY }),
  });
}
