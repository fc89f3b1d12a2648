import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { DecidedStudy, RegisteredInstance } from '../domain/registered-study.js';

const addressOf = (studyInstanceUid: string) => `/api/study-registry/studies/${encodeURIComponent(studyInstanceUid)}`;

export const useDecidedStudy = (studyInstanceUid: string) =>
  useQuery({
    queryKey: ['withdrawals', 'study', studyInstanceUid],
    queryFn: ({ signal }) =>
      askJson<DecidedStudy>(`${addressOf(studyInstanceUid)}/decisions`, { signal, purpose: 'HOPERAT' }),
    refetchOnWindowFocus: false,
  });

export const useSeriesInstances = (studyInstanceUid: string, seriesInstanceUid: string) =>
  useQuery({
    queryKey: ['withdrawals', 'study', studyInstanceUid, seriesInstanceUid],
    queryFn: async ({ signal }) => {
      const path = `${addressOf(studyInstanceUid)}/registered-series/${encodeURIComponent(seriesInstanceUid)}`;
      return (await askJson<{ instances: readonly RegisteredInstance[] }>(path, { signal, purpose: 'HOPERAT' }))
        .instances;
    },
    refetchOnWindowFocus: false,
  });
