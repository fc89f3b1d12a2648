import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { PatientKey } from '../domain/conflict.js';

/** When, where and how somebody was examined; nothing to open. */
export interface StudyOutline {
  readonly patient: PatientKey;
  readonly studyDate: string | null;
  readonly modalities: readonly string[];
  readonly bodyPart: string | null;
  readonly description: string | null;
  readonly images: number;
}

export const useStudyOutline = (personId: string | null) =>
  useQuery({
    queryKey: ['identities', personId, 'study-outline'],
    enabled: personId !== null,
    queryFn: ({ signal }) =>
      askJson<{ studies: readonly StudyOutline[]; leftOut: number }>(
        `/api/study-registry/persons/${personId}/study-outline`,
        { signal, purpose: 'HOPERAT' },
      ),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
