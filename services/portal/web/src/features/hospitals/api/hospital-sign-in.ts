import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askJson } from '../../../http/ask.js';

export interface SignInProvider {
  readonly issuer: string;
  /** What the province is called there. */
  readonly clientId: string;
}

interface SignInAtHospital {
  /** Null where the hospital has none. */
  readonly provider: SignInProvider | null;
  /** What the provider is to know of the province. */
  readonly redirectUri: string;
  readonly jwksUri: string;
}

const address = (hospital: string) => `/api/directory/hospitals/${hospital}/sign-in`;
const keyOf = (hospital: string) => ['hospital-sign-in', hospital];

export const useHospitalSignIn = (hospital: string) =>
  useQuery({
    queryKey: keyOf(hospital),
    queryFn: ({ signal }) => askJson<SignInAtHospital>(address(hospital), { signal }),
  });

/** Null takes it away: its staff sign in by their passwords here. */
export function useSetHospitalSignIn(hospital: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (provider: SignInProvider | null) =>
      provider === null
        ? ask(address(hospital), { method: 'DELETE' })
        : ask(address(hospital), { method: 'PUT', body: provider }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(hospital) }),
  });
}
