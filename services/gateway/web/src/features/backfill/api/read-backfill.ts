import { useQuery } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { ShownBackfill } from '../../../../../src/backfill-studies/backfill-status.js';

export const BACKFILL_KEY = ['backfill'];
const EVERY_MS = 10_000;

export const useBackfill = () =>
  useQuery({
    queryKey: BACKFILL_KEY,
    queryFn: async ({ signal }): Promise<ShownBackfill> => (await send('/api/gateway/backfill', { signal })).json(),
    refetchInterval: EVERY_MS,
  });
