import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import { type Disposal, type DisposalList, LISTED_STATES } from '../domain/disposal.js';

interface Page {
  readonly disposals: readonly Disposal[];
  readonly next: number | null;
  readonly graceDays: number;
}

/** Newest first; of all hospitals where none is named and the account may see them. */
export const useDisposals = (list: DisposalList, hospital: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['disposals', 'list', list, hospital],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => {
      const page = { state: LISTED_STATES[list].join(','), hospital, before: pageParam };
      return askJson<Page>(`/api/study-registry/disposals${queryOf(page)}`, { signal, purpose: 'HOPERAT' });
    },
    getNextPageParam: (page: Page): number | undefined => page.next ?? undefined,
    // Looking is recorded: only on demand.
    refetchOnWindowFocus: false,
  });
