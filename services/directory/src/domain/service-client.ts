import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Scope } from '@yinglian/contracts';

/** A program that asks for tokens with its own secret (RFC 6749 section 4.4). */
export interface ServiceClient {
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  /** The hospital that it belongs to; null for the province's own. */
  readonly hospital: string | null;
}

const SECRET_BYTES = 32;

export const newClientSecret = () => randomBytes(SECRET_BYTES).toString('base64url');

/** A secret of this entropy cannot be guessed from its digest, so a plain one is enough; it is compared at each token request. */
export const hashClientSecret = (secret: string) => createHash('sha256').update(secret).digest('base64url');

export function clientSecretMatches(hash: string, secret: string): boolean {
  const [known, told] = [Buffer.from(hash), Buffer.from(hashClientSecret(secret))];
  return known.length === told.length && timingSafeEqual(known, told);
}

/** What every hospital's gateway may do. */
export const gatewayClient = (hospital: string): ServiceClient => ({
  clientId: `gateway-${hospital}`,
  scopes: ['packs:write', 'gateway:read'],
  hospital,
});
