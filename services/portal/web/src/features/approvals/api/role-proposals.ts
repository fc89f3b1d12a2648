import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, askJson, queryOf } from '../../../http/ask.js';
import type { Proposal } from '../domain/proposal.js';

const ADDRESS = '/api/directory/role-proposals';

export type ProposalListName = 'waiting' | 'settled';

interface Page {
  readonly proposals: readonly Proposal[];
  readonly nextCursor: number | null;
}

/** What waits for a second person, the oldest first, or what came of it. */
export const useProposals = (list: ProposalListName) =>
  useInfiniteQuery({
    queryKey: ['role-proposals', list],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => askJson<Page>(`${ADDRESS}${queryOf({ list, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page: Page): string | undefined => page.nextCursor?.toString(),
  });

export type Decision =
  | { readonly act: 'approval' | 'withdrawal' }
  | { readonly act: 'refusal'; readonly reason: string };

export function useDecide(proposalId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, ...body }: Decision) =>
      ask(`${ADDRESS}/${proposalId}/${act}`, { method: 'POST', ...('reason' in body ? { body } : {}) }),
    onSettled: () =>
      Promise.all([['role-proposals'], ['staff']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
