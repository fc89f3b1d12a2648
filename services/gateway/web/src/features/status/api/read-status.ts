import { useQuery } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { GatewayStatus } from '../../../../../src/show-status/gateway-status.js';
import { personHeaders } from './presence.js';

const EVERY_MS = 2_000;
const PATIENCE_MS = 6_000;

/** The gateway's status, every two seconds while the page is seen. */
export const useStatus = () =>
  useQuery({
    queryKey: ['status'],
    queryFn: async ({ signal }): Promise<GatewayStatus> => {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
      return (await send('/api/gateway/status', { signal: inTime, headers: personHeaders() })).json();
    },
    refetchInterval: EVERY_MS,
    retry: false,
  });
