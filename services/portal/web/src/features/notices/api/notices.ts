import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Notice } from '../domain/notice.js';

const ADDRESS = '/api/consent-audit/notices';
const LOOK_AGAIN_MS = 20_000;

export const useNotices = () =>
  useQuery({
    queryKey: ['notices'],
    queryFn: ({ signal }) => askJson<{ items: readonly Notice[]; unread: number }>(ADDRESS, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });

export function useReadNotice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (noticeId: string) => askJson<unknown>(`${ADDRESS}/${noticeId}/reading`, { method: 'PUT' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
}
