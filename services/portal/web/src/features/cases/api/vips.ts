import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';

const ADDRESS = '/api/consent-audit/vips';
const PAGE = 50;

export interface Vip {
  readonly vipId: string;
  readonly personId: string;
  readonly reason: string;
  readonly displayName: string;
  readonly listedAt: string;
}

interface Page {
  readonly items: readonly Vip[];
  readonly next: string | null;
}

/** Who is on the list, the newest first. */
export const useVips = () =>
  useInfiniteQuery({
    queryKey: ['vips'],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`${ADDRESS}${queryOf({ limit: PAGE, cursor: pageParam })}`, { signal, purpose: 'HOPERAT' }),
    getNextPageParam: (page: Page): string | undefined => page.next ?? undefined,
    refetchOnWindowFocus: false,
  });

export function useListVip() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { personId: string; reason: string }) =>
      askJson<unknown>(ADDRESS, { method: 'POST', body, purpose: 'HOPERAT' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['vips'] }),
  });
}

export function useEndVip() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (vipId: string) => askJson<unknown>(`${ADDRESS}/${vipId}`, { method: 'DELETE', purpose: 'HOPERAT' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['vips'] }),
  });
}
