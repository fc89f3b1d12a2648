import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { Finding } from '../domain/audit-case.js';

const ADDRESS = '/api/consent-audit/findings';
const PAGE = 50;

interface Page {
  readonly items: readonly Finding[];
  readonly next: string | null;
}

/** What is unusual and settled by nobody, the newest first. */
export const useFindings = () =>
  useInfiniteQuery({
    queryKey: ['findings'],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`${ADDRESS}${queryOf({ limit: PAGE, cursor: pageParam })}`, { signal, purpose: 'HOPERAT' }),
    getNextPageParam: (page: Page): string | undefined => page.next ?? undefined,
    refetchOnWindowFocus: false,
  });

/** What it was found by. Looking is recorded: only on demand. */
export const useFindingRecords = <Access>(findingId: string) =>
  useQuery({
    queryKey: ['findings', findingId, 'records'],
    queryFn: ({ signal }) =>
      askJson<{ items: readonly Access[] }>(`${ADDRESS}/${findingId}/records`, { signal, purpose: 'HOPERAT' }),
    refetchOnWindowFocus: false,
  });

/** By a case, or by saying why it is none. */
export type Settlement =
  | { readonly by: 'case'; readonly title: string }
  | { readonly by: 'dismissal'; readonly note: string };

export function useSettle(findingId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ by, ...body }: Settlement) =>
      askJson<{ caseId?: string }>(`${ADDRESS}/${findingId}/${by}`, { method: 'POST', body, purpose: 'HOPERAT' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['findings'] }),
  });
}
