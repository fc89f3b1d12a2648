import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import { useOwnPurpose } from '../../../session/session-context.js';
import type { AtDesk, Saying, SharingOfPerson, Statement } from '../domain/sharing.js';

const ADDRESS = '/api/consent-audit';
const LOOK_AGAIN_MS = 20_000;

export function useSharing(personId: string) {
  const purpose = useOwnPurpose();
  return useQuery({
    queryKey: ['sharing', personId],
    queryFn: ({ signal }) => askJson<SharingOfPerson>(`${ADDRESS}/persons/${personId}/sharing`, { signal, purpose }),
    // Also what was said on another device, or at a counter.
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** All versions of what was said, the newest first. */
export function useStatements(personId: string, enabled: boolean) {
  const purpose = useOwnPurpose();
  return useQuery({
    queryKey: ['sharing', personId, 'statements'],
    enabled,
    queryFn: async ({ signal }) => {
      const address = `${ADDRESS}/persons/${personId}/consents`;
      return (await askJson<{ items: readonly Statement[] }>(address, { signal, purpose })).items;
    },
  });
}

/** Says that something is closed or open; a clerk says who stands at the counter. */
export function useSay(personId: string, desk: AtDesk | null) {
  const client = useQueryClient();
  const purpose = useOwnPurpose();
  return useMutation({
    mutationFn: (saying: Saying) =>
      askJson<unknown>(`${ADDRESS}/consents`, { method: 'POST', body: { personId, ...saying, ...desk }, purpose }),
    onSettled: () => client.invalidateQueries({ queryKey: ['sharing', personId] }),
  });
}
