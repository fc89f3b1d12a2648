import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { PatientRecord } from '../domain/conflict.js';
import type { PastDecision } from '../domain/history.js';

const OF_A_LOOK = { staleTime: 60_000, refetchOnWindowFocus: false } as const;

export const useRecords = (personId: string) =>
  useQuery({
    queryKey: ['identities', personId, 'records'],
    queryFn: ({ signal }) =>
      askJson<{ records: readonly PatientRecord[] }>(`/api/patient-index/persons/${personId}/records`, {
        signal,
        purpose: 'HOPERAT',
      }),
    ...OF_A_LOOK,
  });

export const useHistory = (personId: string) =>
  useQuery({
    queryKey: ['identities', personId, 'history'],
    queryFn: ({ signal }) =>
      askJson<{ decisions: readonly PastDecision[] }>(`/api/patient-index/persons/${personId}/history`, {
        signal,
        purpose: 'HOPERAT',
      }),
    ...OF_A_LOOK,
  });
