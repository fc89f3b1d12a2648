import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BreakGlassKind } from '@yinglian/contracts';
import { askJson } from '../../../http/ask.js';
import type { OpenGlass } from '../domain/glass.js';

const ADDRESS = '/api/consent-audit/break-glass';
const OPEN = ['break-glass', 'open'];
const LOOK_AGAIN_MS = 20_000;

/** What the reader has broken that has not ended; looked at again, since another window may have ended it. */
export const useOpenGlass = (enabled: boolean) =>
  useQuery({
    queryKey: OPEN,
    queryFn: async ({ signal }) =>
      (await askJson<{ items: readonly OpenGlass[] }>(`${ADDRESS}/open`, { signal })).items,
    refetchInterval: LOOK_AGAIN_MS,
    enabled,
  });

/** Opens a person's studies in an emergency. */
export function useBreakGlass(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (why: { kind: BreakGlassKind; reason: string }) =>
      askJson<OpenGlass>(ADDRESS, { method: 'POST', body: { personId, ...why } }),
    onSuccess: () =>
      Promise.all([OPEN, ['studies', personId]].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Ends it before its time. */
export function useEndGlass() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (breakGlassId: string) => askJson<unknown>(`${ADDRESS}/${breakGlassId}`, { method: 'DELETE' }),
    onSettled: () => Promise.all([OPEN, ['studies']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
