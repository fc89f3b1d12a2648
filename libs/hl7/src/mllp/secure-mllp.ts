import type { SecureContextOptions } from 'node:tls';

/** BCP 195 (RFC 9325), as IHE takes it over for MLLP (ITI TF-2 section 3.19.6): forward secrecy and authenticated encryption only. */
export const SECURE_MLLP = {
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  // Those of TLS 1.3 are all of that kind, and stay.
  ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20',
} as const satisfies SecureContextOptions;
