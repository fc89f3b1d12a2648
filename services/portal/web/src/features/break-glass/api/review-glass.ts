import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BreakGlassVerdict } from '@yinglian/contracts';
import { askJson, queryOf } from '../../../http/ask.js';
import type { Glass, ReviewedGlass } from '../domain/glass.js';

const ADDRESS = '/api/consent-audit/break-glass';
const PAGE = 50;

export type GlassList = 'waiting' | 'reviewed';

interface Page {
  readonly items: readonly Glass[];
  readonly next: string | null;
}

/** What waits for a verdict, the oldest first, or what has one. Looking is recorded: only on demand. */
export const useGlassList = (list: GlassList) =>
  useInfiniteQuery({
    queryKey: ['glass', list],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`${ADDRESS}${queryOf({ list, limit: PAGE, cursor: pageParam })}`, { signal, purpose: 'HOPERAT' }),
    getNextPageParam: (page: Page): string | undefined => page.next ?? undefined,
    refetchOnWindowFocus: false,
  });

export const useGlass = (breakGlassId: string) =>
  useQuery({
    queryKey: ['glass', 'one', breakGlassId],
    queryFn: ({ signal }) => askJson<ReviewedGlass>(`${ADDRESS}/${breakGlassId}`, { signal, purpose: 'HOPERAT' }),
    refetchOnWindowFocus: false,
  });

export function useReview(breakGlassId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { verdict: BreakGlassVerdict; note: string }) =>
      askJson<unknown>(`${ADDRESS}/${breakGlassId}/reviews`, { method: 'POST', body, purpose: 'HOPERAT' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['glass'] }),
  });
}
