import { useMutation } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { EchoOutcome } from '../../../../../src/test-echo/echo-outcome.js';

/** Sends a C-ECHO from the gateway to the device. */
export const useEcho = (aeTitle: string) =>
  useMutation({
    mutationFn: async (): Promise<EchoOutcome> =>
      (await send(`/api/gateway/devices/${encodeURIComponent(aeTitle)}/echo`, { method: 'POST' })).json(),
  });
