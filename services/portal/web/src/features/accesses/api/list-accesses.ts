import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { Access } from '../domain/access.js';

const PAGE = 50;

export interface AccessFilter {
  readonly personId?: string;
  /** An account, or a part of a name. */
  readonly actor?: string;
  /** Of the person who asked, or of what was asked for. */
  readonly hospital?: string;
  readonly studyInstanceUid?: string;
  /** What was looked at under it. */
  readonly breakGlassId?: string;
  readonly outcome?: string;
  readonly action?: string;
  readonly purposeOfUse?: string;
  /** UTC instants */
  readonly from?: string;
  readonly to?: string;
}

interface Page {
  readonly items: readonly Access[];
  readonly next: string | null;
}

export const useAccesses = (filter: AccessFilter) =>
  useInfiniteQuery({
    queryKey: ['accesses', filter],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`/api/consent-audit/accesses${queryOf({ ...filter, limit: PAGE, cursor: pageParam })}`, {
        signal,
        purpose: 'HOPERAT',
      }),
    getNextPageParam: (page: Page): string | undefined => page.next ?? undefined,
    // Looking at the records is recorded too: only on demand.
    refetchOnWindowFocus: false,
  });
