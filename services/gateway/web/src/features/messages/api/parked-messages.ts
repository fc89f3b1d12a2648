import { useQuery } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { ParkedMessages } from '../../../../../src/decide-on-messages/parked-messages.js';

export const PARKED_KEY = ['parked-messages'];

/** Asked again when their number changes, and after each decision. */
export const useParkedMessages = (parked: number) =>
  useQuery({
    queryKey: [...PARKED_KEY, parked],
    queryFn: async ({ signal }): Promise<ParkedMessages> =>
      (await send('/api/gateway/parked-messages', { signal })).json(),
    placeholderData: (before) => before,
  });
