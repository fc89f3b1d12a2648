import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { RegisteredStudy, StudyNumber } from '../domain/registered-study.js';

export interface StudyClue {
  readonly by: StudyNumber;
  readonly value: string;
}

interface Found {
  readonly studies: readonly RegisteredStudy[];
  readonly isMore: boolean;
}

/** Studies by a whole number, withdrawn ones among them. The number goes in a body: it has no place in an address. */
export const useFoundStudies = (clue: StudyClue) =>
  useQuery({
    queryKey: ['withdrawals', 'found', clue],
    queryFn: ({ signal }) =>
      askJson<Found>('/api/study-registry/registered-study-searches', {
        method: 'POST',
        body: clue,
        signal,
        purpose: 'HOPERAT',
      }),
    // Every search is recorded: none is made that nobody asked for.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
