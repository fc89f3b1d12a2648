import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { BackfillChange, ShownBackfill } from '../../../../../src/backfill-studies/backfill-status.js';
import { BACKFILL_KEY } from './read-backfill.js';

/** Pauses it, lets it go on, or tries again what was given up. */
export function useChangeBackfill() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: BackfillChange): Promise<ShownBackfill> =>
      (await send(`/api/gateway/backfill/${change}`, { method: 'POST' })).json(),
    onSuccess: (shown) => client.setQueryData(BACKFILL_KEY, shown),
  });
}
