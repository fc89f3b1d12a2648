import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';

/** Brings a refused pack to the registry once more. */
export function useRetryPack(digest: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send(`/api/gateway/refused-packs/${digest}/retry`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['status'] }),
  });
}
