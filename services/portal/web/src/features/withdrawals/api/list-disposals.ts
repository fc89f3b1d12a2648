import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { DisposalPage } from '../domain/disposal.js';

/** What a hospital's retention keeps no more, oldest first; computed when it is asked for. */
export const useDisposals = (hospital: string) =>
  useInfiniteQuery({
    queryKey: ['withdrawals', 'disposals', hospital],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }: { pageParam: DisposalPage['next']; signal: AbortSignal }) => {
      const after =
        pageParam === null ? {} : { afterDate: pageParam.studyDate, afterStudy: pageParam.studyInstanceUid };
      return askJson<DisposalPage>(`/api/study-registry/disposal-proposals${queryOf({ hospital, ...after })}`, {
        signal,
        purpose: 'HOPERAT',
      });
    },
    getNextPageParam: (page: DisposalPage): DisposalPage['next'] | undefined => page.next ?? undefined,
    refetchOnWindowFocus: false,
  });
