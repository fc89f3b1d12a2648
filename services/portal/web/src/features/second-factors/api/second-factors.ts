import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askJson } from '../../../http/ask.js';

export interface Passkey {
  readonly id: string;
  /** By which its owner knows it. */
  readonly name: string;
  /** UTC */
  readonly addedAt: string;
  readonly lastUsedAt: string | null;
}

export interface SecondFactors {
  /** Whether browsers make passkeys at this address. */
  readonly isPossible: boolean;
  readonly hasApp: boolean;
  readonly passkeys: readonly Passkey[];
}

const ADDRESS = '/api/directory/me/passkeys';
const KEY = ['my-second-factors'];

export const useSecondFactors = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => askJson<SecondFactors>(ADDRESS, { signal }) });

/** Has the browser make a passkey (WebAuthn Level 3 section 5.1), and keeps its public half. */
export function useAddPasskey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (name: string) => {
      const options = await askJson<PublicKeyCredentialCreationOptionsJSON>(`${ADDRESS}/challenge`, { method: 'POST' });
      const made = await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      });
      if (!(made instanceof PublicKeyCredential)) throw new DOMException('The browser made none', 'NotAllowedError');
      await ask(ADDRESS, { method: 'POST', body: { name, answer: made.toJSON() } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRemovePasskey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask(`${ADDRESS}/${id}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Whether this browser can. */
export const makesPasskeys = () => typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';
