import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { ProposalPage } from '../domain/proposal.js';

/** What a hospital's retention keeps no more, oldest first; computed when it is asked for. */
export const useProposals = (hospital: string) =>
  useInfiniteQuery({
    queryKey: ['disposals', 'proposals', hospital],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }: { pageParam: ProposalPage['next']; signal: AbortSignal }) => {
      const after =
        pageParam === null ? {} : { afterDate: pageParam.studyDate, afterStudy: pageParam.studyInstanceUid };
      return askJson<ProposalPage>(`/api/study-registry/disposal-proposals${queryOf({ hospital, ...after })}`, {
        signal,
        purpose: 'HOPERAT',
      });
    },
    getNextPageParam: (page: ProposalPage): ProposalPage['next'] | undefined => page.next ?? undefined,
    refetchOnWindowFocus: false,
  });
