import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { ConflictKind, ListedConflict, QueueState } from '../domain/conflict.js';

export interface QueueFilter {
  readonly state: QueueState;
  readonly kind?: ConflictKind | undefined;
  readonly hospital?: string | undefined;
}

interface Page {
  readonly conflicts: readonly ListedConflict[];
  readonly nextCursor: string | null;
}

export const useConflicts = (filter: QueueFilter) =>
  useInfiniteQuery({
    queryKey: ['conflicts', 'queue', filter],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`/api/patient-index/conflicts${queryOf({ ...filter, cursor: pageParam })}`, {
        signal,
        purpose: 'HOPERAT',
      }),
    getNextPageParam: (page: Page): string | undefined => page.nextCursor ?? undefined,
    // Every look is recorded: none is made that nobody asked for.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
