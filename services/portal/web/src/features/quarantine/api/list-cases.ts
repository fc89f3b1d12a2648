import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { ListedCase, Reason } from '../domain/quarantine-case.js';

export interface CaseFilter {
  readonly state: 'open' | 'decided';
  readonly hospital?: string | undefined;
  readonly reason?: Reason | undefined;
}

interface Page {
  readonly cases: readonly ListedCase[];
  readonly nextCursor: string | null;
}

export const useCases = (filter: CaseFilter) =>
  useInfiniteQuery({
    queryKey: ['quarantine', 'list', filter],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`/api/study-registry/quarantine${queryOf({ ...filter, cursor: pageParam })}`, {
        signal,
        purpose: 'HOPERAT',
      }),
    getNextPageParam: (page: Page): string | undefined => page.nextCursor ?? undefined,
    // Looking is recorded: only on demand.
    refetchOnWindowFocus: false,
  });
