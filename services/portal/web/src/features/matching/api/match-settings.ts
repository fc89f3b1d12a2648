import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Draft, ListedSettings, MatchModel, Preview, WholeSettings } from '../domain/match-settings.js';

const SETTINGS = '/api/patient-index/match-settings';

/** All versions, the one that holds first. */
export const useMatchSettings = () =>
  useQuery({
    queryKey: ['match-settings'],
    queryFn: async ({ signal }) => {
      const { settings } = await askJson<{ settings: readonly ListedSettings[] }>(SETTINGS, {
        signal,
        purpose: 'HOPERAT',
      });
      return settings;
    },
  });

const readWhole = (version: number) => askJson<WholeSettings>(`${SETTINGS}/${version}`, { purpose: 'HOPERAT' });

/** The version that holds, with its model: what a draft begins with. A version never changes. */
export const useCurrentSettings = (version: number | undefined) =>
  useQuery({
    queryKey: ['whole-match-settings', version],
    queryFn: version === undefined ? skipToken : () => readWhole(version),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The same of any version, fetched when somebody wants to go back to it. */
export const useWholeSettings = () => useMutation({ mutationFn: readWhole });

export const usePreview = () =>
  useMutation({
    mutationFn: ({ leastBits, model }: Draft) =>
      askJson<Preview>(`${SETTINGS}/previews`, { method: 'POST', body: { leastBits, model }, purpose: 'HOPERAT' }),
  });

export const useLearnModel = () =>
  useMutation({
    mutationFn: () =>
      askJson<{ model: MatchModel; records: number }>('/api/patient-index/match-models', {
        method: 'POST',
        body: {},
        purpose: 'HOPERAT',
      }),
  });

export function useApplySettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Draft & { baseVersion: number; note: string }) =>
      askJson<ListedSettings>(SETTINGS, { method: 'PUT', body: asked, purpose: 'HOPERAT' }),
    onSettled: () =>
      Promise.all(
        ['match-settings', 'conflicts', 'workload'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
}
