import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExamPriority } from '@yinglian/contracts';
import { ask, askJson } from '../../../http/ask.js';

const KEY = ['upload-deadlines'];

/** Until when the province is to have an exam, from a day on, as the directory keeps it. */
export interface Deadline {
  readonly priority: ExamPriority;
  readonly validFrom: string;
  readonly minutes: number;
  readonly source: string;
  readonly changedBy: string | null;
  readonly changedAt: string;
}

export const useDeadlines = () =>
  useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await askJson<{ deadlines: readonly Deadline[] }>('/api/directory/upload-deadlines', { signal })).deadlines,
    staleTime: 60_000,
  });

export type DeadlineSetting = Pick<Deadline, 'priority' | 'validFrom' | 'minutes' | 'source'>;

export function useSetDeadline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ priority, validFrom, minutes, source }: DeadlineSetting) =>
      ask(`/api/directory/upload-deadlines/${priority}/${validFrom}`, { method: 'PUT', body: { minutes, source } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
