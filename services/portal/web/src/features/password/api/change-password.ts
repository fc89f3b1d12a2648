import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../../http/ask.js';

export interface PasswordChange {
  /** The one until now. */
  readonly current: string;
  readonly password: string;
}

/** Changes one's own password; all other sessions end with it. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: PasswordChange) => ask('/api/directory/me/password', { method: 'PUT', body: change }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['my-sessions'] }),
  });
}
