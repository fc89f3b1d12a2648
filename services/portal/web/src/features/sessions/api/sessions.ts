import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SignInMethod } from '@yinglian/contracts';
import { ask, askJson } from '../../../http/ask.js';

/** One browser in which somebody is signed in. */
export interface Session {
  readonly id: string;
  readonly isThisOne: boolean;
  /** UTC */
  readonly begunAt: string;
  readonly lastUsedAt: string;
  readonly methods: readonly SignInMethod[];
  /** `Chrome 140` and `Windows`; null of what does not say. */
  readonly browser: string | null;
  readonly system: string | null;
  /** The network, shortened. */
  readonly address: string;
}

const ADDRESS = '/api/directory/me/sessions';
const KEY = ['my-sessions'];

export const useMySessions = () =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => askJson<{ sessions: readonly Session[] }>(ADDRESS, { signal }),
  });

/** Ends one of the sessions; null for all but this one. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) => ask(id === null ? ADDRESS : `${ADDRESS}/${id}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
