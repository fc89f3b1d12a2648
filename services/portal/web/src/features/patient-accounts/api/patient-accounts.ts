import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';

const ADDRESS = '/api/consent-audit';

export interface AccountLink {
  readonly linkId: string;
  readonly account: string;
  readonly standing: 'self' | 'guardian';
  readonly linkedAt: string;
  readonly linkedAtHospital: string | null;
  /** Of a guardian: the 14th birthday. */
  readonly endsAt: string | null;
}

/** What a clerk saw before the account was handed over. */
export interface Seen {
  readonly identity: string;
  readonly by: { readonly kind: string; readonly proof?: { readonly kind: string; readonly reference: string } };
}

/** Accounts that stand for the patient. */
export const useAccountLinks = (personId: string) =>
  useQuery({
    queryKey: ['account-links', personId],
    queryFn: async ({ signal }) => {
      const address = `${ADDRESS}/persons/${personId}/account-links`;
      return (await askJson<{ items: readonly AccountLink[] }>(address, { signal, purpose: 'HOPERAT' })).items;
    },
  });

/** Makes an account and lets it stand for the patient; or an account that there is, which has no new password then. */
export function useHandOver(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ seen, account }: { seen: Seen; account: string }) => {
      const made = account === '' ? await openAccount() : { account, initialPassword: null };
      const { kind, proof } = seen.by;
      const standing = kind === 'guardian' ? { standing: kind, proof } : { standing: 'self' };
      const body = { account: made.account, personId, identity: seen.identity, ...standing };
      await askJson<unknown>(`${ADDRESS}/account-links`, { method: 'POST', body, purpose: 'HOPERAT' });
      return made;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['account-links', personId] }),
  });
}

const openAccount = () =>
  askJson<{ account: string; initialPassword: string | null }>('/api/directory/patient-accounts', { method: 'POST' });

export function useUnlink(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (linkId: string) => askJson<unknown>(`${ADDRESS}/account-links/${linkId}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['account-links', personId] }),
  });
}
