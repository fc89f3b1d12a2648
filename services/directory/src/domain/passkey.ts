/** The public half of a key that somebody's authenticator keeps. */
export interface Passkey {
  readonly id: string;
  readonly account: string;
  /** In base64url, as browsers say it. */
  readonly credentialId: string;
  /** In COSE (RFC 9052 section 7). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** How often it has signed; 0 where the authenticator does not count. */
  readonly counter: number;
  /** How browsers reach it: `usb`, `internal`, … */
  readonly transports: readonly string[];
  /** By which its owner knows it. */
  readonly name: string;
  readonly addedAt: Date;
  readonly lastUsedAt: Date | null;
}

/** As many as anybody carries, and a few more. */
export const MOST_PASSKEYS = 10;
