import { useMutation } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { RawMessage } from '../../../../../src/decide-on-messages/parked-messages.js';

/** Reads a message as it came; the gateway records who does. */
export const useLook = (sequence: number) =>
  useMutation({
    mutationFn: async (): Promise<RawMessage> =>
      (await send(`/api/gateway/parked-messages/${sequence}/look`, { method: 'POST' })).json(),
    gcTime: 0,
  });
