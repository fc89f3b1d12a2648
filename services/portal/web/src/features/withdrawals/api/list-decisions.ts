import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { DecisionKind, ListedDecision } from '../domain/study-decision.js';

export interface DecisionFilter {
  readonly decision?: DecisionKind | undefined;
  readonly hospital?: string | undefined;
}

interface Page {
  readonly decisions: readonly ListedDecision[];
  readonly nextCursor: string | null;
}

export const useDecisions = (filter: DecisionFilter) =>
  useInfiniteQuery({
    queryKey: ['withdrawals', 'decisions', filter],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`/api/study-registry/decisions${queryOf({ ...filter, cursor: pageParam })}`, {
        signal,
        purpose: 'HOPERAT',
      }),
    getNextPageParam: (page: Page): string | undefined => page.nextCursor ?? undefined,
    // Looking is recorded: only on demand.
    refetchOnWindowFocus: false,
  });
