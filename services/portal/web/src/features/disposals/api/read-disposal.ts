import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Certificate } from '../domain/certificate.js';
import type { WeighedDisposal } from '../domain/disposal.js';

/** With what keeps its study at this moment. */
export const useWeighedDisposal = (disposalId: number) =>
  useQuery({
    queryKey: ['disposals', 'one', disposalId],
    queryFn: ({ signal }) =>
      askJson<WeighedDisposal>(`/api/study-registry/disposals/${disposalId}`, { signal, purpose: 'HOPERAT' }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const useCertificate = (disposalId: number) =>
  useQuery({
    queryKey: ['disposals', 'certificate', disposalId],
    queryFn: ({ signal }) =>
      askJson<Certificate>(`/api/study-registry/disposals/${disposalId}/certificate`, { signal, purpose: 'HOPERAT' }),
    staleTime: Number.POSITIVE_INFINITY,
  });
