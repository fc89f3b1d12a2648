import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { Conflict } from '../domain/conflict.js';

interface Page {
  readonly conflicts: readonly Conflict[];
  readonly nextCursor: string | null;
}

export const useConflicts = (state: 'open' | 'decided') =>
  useInfiniteQuery({
    queryKey: ['conflicts', state],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`/api/patient-index/conflicts${queryOf({ state, cursor: pageParam })}`, {
        signal,
        purpose: 'HOPERAT',
      }),
    getNextPageParam: (page: Page): string | undefined => page.nextCursor ?? undefined,
    refetchOnWindowFocus: false,
  });
