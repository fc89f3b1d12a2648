import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Conflict } from '../domain/conflict.js';

export const useConflict = (conflictId: string | null) =>
  useQuery({
    queryKey: ['conflicts', 'shown', conflictId],
    enabled: conflictId !== null,
    queryFn: ({ signal }) =>
      askJson<Conflict>(`/api/patient-index/conflicts/${conflictId}`, { signal, purpose: 'HOPERAT' }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
