import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { Damage, DamageState, Scrub } from '../domain/scrub.js';

const SCRUB = '/api/study-registry/scrub';
const LOOK_EVERY_MS = 15_000;

interface Page {
  readonly damages: readonly Damage[];
  readonly next: number | null;
}

/** How the stores verify themselves; looked at again while it is shown. */
export const useScrub = () =>
  useQuery({
    queryKey: ['scrub'],
    queryFn: ({ signal }) => askJson<Scrub>(SCRUB, { signal }),
    refetchInterval: LOOK_EVERY_MS,
  });

export const useDamages = (state: DamageState) =>
  useInfiniteQuery({
    queryKey: ['scrub', 'damages', state],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`${SCRUB}/damages${queryOf({ state, limit: 20, before: pageParam })}`, { signal }),
    getNextPageParam: (page: Page): number | undefined => page.next ?? undefined,
  });

/** Reads a pack in both stores now, and heals it. */
export function useVerifyPack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (digest: string) => askJson<unknown>(`${SCRUB}/packs/${digest}`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['scrub'] }),
  });
}
