import { useQuery } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { ListedJoins } from '../../../../../src/decide-joins/listed-joins.js';

export const JOIN_FILTERS = ['undecided', 'decided'] as const;
export type JoinFilter = (typeof JOIN_FILTERS)[number];

export const JOINS_KEY = ['joins'];
const EVERY_MS = 10_000;

/** Studies that may belong to several exams, the newest. */
export const useJoins = (which: JoinFilter) =>
  useQuery({
    queryKey: [...JOINS_KEY, which],
    queryFn: async ({ signal }): Promise<ListedJoins> =>
      (await send(`/api/gateway/joins?${new URLSearchParams({ which })}`, { signal })).json(),
    refetchInterval: EVERY_MS,
  });
