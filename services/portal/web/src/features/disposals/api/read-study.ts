import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

/** Whose a study is and what it is. */
export interface StudyToGo {
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly accessionNumber: string;
  readonly description: string;
  readonly modalities: readonly string[];
}

interface Answer {
  readonly instances: number;
  /** Null where the patient closed it to the province's commission. */
  readonly study: StudyToGo | null;
}

export const useStudyToGo = (studyInstanceUid: string) =>
  useQuery({
    queryKey: ['disposals', 'study', studyInstanceUid],
    queryFn: ({ signal }) =>
      askJson<Answer>(`/api/study-registry/studies/${encodeURIComponent(studyInstanceUid)}/decisions`, {
        signal,
        purpose: 'HOPERAT',
      }),
    refetchOnWindowFocus: false,
  });
