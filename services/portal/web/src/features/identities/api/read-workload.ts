import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Workload } from '../domain/workload.js';

const DAYS = 14;
const AGAIN_MS = 60_000;

export const useWorkload = () =>
  useQuery({
    queryKey: ['workload'],
    queryFn: ({ signal }) =>
      askJson<Workload>(`/api/patient-index/workload?days=${DAYS}`, { signal, purpose: 'HOPERAT' }),
    refetchInterval: AGAIN_MS,
  });
