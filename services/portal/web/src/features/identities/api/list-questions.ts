import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { PatientKey } from '../domain/conflict.js';

/** A steward's question to the hospital that one works for. */
export interface OpenQuestion {
  readonly questionId: string;
  readonly patients: readonly PatientKey[];
  readonly question: string;
  readonly askedByName: string;
  readonly askedAt: string;
}

export const useQuestions = () =>
  useQuery({
    queryKey: ['conflicts', 'questions'],
    queryFn: async ({ signal }) => {
      const answer = await askJson<{ questions: readonly OpenQuestion[] }>('/api/patient-index/questions', { signal });
      return answer.questions;
    },
  });
