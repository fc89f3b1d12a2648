import { type ClientKeys, purposeOf, type Scope } from '@yinglian/contracts';

/** A program that asks for tokens for itself (RFC 6749 section 4.4). */
export interface ServiceClient {
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  /** The hospital that it belongs to; null for the province's own. */
  readonly hospital: string | null;
}

/** What every hospital's gateway may do. */
export const gatewayClient = (hospital: string): ServiceClient => ({
  clientId: `gateway-${hospital}`,
  scopes: ['packs:write', 'gateway:read', 'priors:read'],
  hospital,
});

/** What it proves itself by: a secret, of which the digest is kept, or private keys, of which the public ones are. */
export type ClientProof = { readonly secretHash: string } | { readonly jwks: ClientKeys };

/** `purpose` is null for a client of an older home whose scopes are of several. */
export const presentClient = ({ clientId, scopes, hospital, proof }: ServiceClient & { proof: ClientProof }) => ({
  clientId,
  scopes,
  hospital,
  purpose: purposeOf(scopes) ?? null,
  keys: 'jwks' in proof ? proof.jwks.keys.map(({ kid }) => kid) : [],
});
