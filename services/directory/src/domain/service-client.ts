import type { Scope } from '@yinglian/contracts';

/** A program that asks for tokens with its own secret (RFC 6749 section 4.4). */
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
