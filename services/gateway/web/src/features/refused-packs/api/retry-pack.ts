import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';

/** Lets a refused pack be brought to the registry once more, when its turn comes. */
export function useRetryPack(digest: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send(`/api/gateway/refused-packs/${digest}/retry`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['status'] }),
  });
}
