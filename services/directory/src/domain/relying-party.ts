import { isIP } from 'node:net';

/** For whom passkeys are made: the authenticator signs this name, and the browser the origin. */
export interface RelyingParty {
  /** A domain name. */
  readonly id: string;
  readonly origin: string;
}

/** Undefined of an address where browsers make no passkeys: an IP address, or one without https (WebAuthn Level 3 sections 5.1.3 and 13.4.9). */
export function relyingPartyAt(publicUrl: string): RelyingParty | undefined {
  const { hostname, origin, protocol } = new URL(publicUrl);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return undefined;
  const isThisMachine = hostname === 'localhost' || hostname.endsWith('.localhost');
  return protocol === 'https:' || isThisMachine ? { id: hostname, origin } : undefined;
}
