import { useInfiniteQuery } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { ExamPage } from '../../../../../src/prove-completeness/list-exams.handler.js';

export const EXAM_FILTERS = ['gaps', 'overdue', 'due', 'all'] as const;
export type ExamFilter = (typeof EXAM_FILTERS)[number];

const QUERIES: Readonly<Record<ExamFilter, Record<string, string>>> = {
  gaps: { withGap: 'true' },
  overdue: { standing: 'overdue' },
  due: { standing: 'due' },
  all: {},
};
const EVERY_MS = 10_000;

/** Exams of the hospital, newest first. */
export const useExams = (filter: ExamFilter) =>
  useInfiniteQuery({
    queryKey: ['exams', filter],
    initialPageParam: undefined,
    queryFn: async ({ pageParam, signal }): Promise<ExamPage> => {
      const query = { ...QUERIES[filter], ...(pageParam === undefined ? {} : { cursor: String(pageParam) }) };
      return (await send(`/api/gateway/exams?${new URLSearchParams(query)}`, { signal })).json();
    },
    getNextPageParam: (page: ExamPage): number | undefined => page.nextCursor ?? undefined,
    refetchInterval: EVERY_MS,
  });
