import type { SecureContextOptions } from 'node:tls';

/**
 * BCP 195 (RFC 8996, RFC 9325) as PS3.15 annex B.12 takes it over: TLS 1.3 preferred, TLS 1.2 at least, forward secrecy and
 * authenticated encryption only.
 */
export const SECURE_TRANSPORT = {
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
} as const satisfies SecureContextOptions;
