import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { send } from '@yinglian/web/browser';
import type { SessionState } from '../../../../../src/sign-in/session-state.js';

const ADDRESS = '/api/gateway/session';
export const SESSION_KEY = ['session'];

export const useSession = () =>
  useQuery({
    queryKey: SESSION_KEY,
    queryFn: async ({ signal }): Promise<SessionState> => (await send(ADDRESS, { signal })).json(),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { username: string; password: string }): Promise<SessionState> =>
      (await send(ADDRESS, { method: 'POST', body })).json(),
    onSuccess: (state) => client.setQueryData(SESSION_KEY, state),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send(ADDRESS, { method: 'DELETE' }),
    // Whatever the answer: nothing of the gateway stays on the screen.
    onSettled: () => {
      client.clear();
      location.replace('/');
    },
  });
}
