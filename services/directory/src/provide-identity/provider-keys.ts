import { randomBytes } from 'node:crypto';
import type { Sql } from '@yinglian/persistence';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import { keyOf } from '../storage/provider-key.store.js';

const Jwk = z.looseObject({ kty: z.string(), kid: z.string() });
const CookieKeys = z.array(z.string());
const COOKIE_KEY_BYTES = 32;
const RSA_BITS = 2048;

/** RS256: the one algorithm that every OpenID client knows (OpenID Connect Core section 15.1). */
export const SIGNING_ALGORITHM = 'RS256';

export interface ProviderKeys {
  /** The private signing key; only its public part is served. */
  readonly signing: JWK;
  readonly cookies: string[];
}

/** The province's keys, made at the very first start. */
export async function providerKeys(sql: Sql): Promise<ProviderKeys> {
  const signing = await keyOf(sql, 'signing', makeSigningKey, (value) => Jwk.parse(value));
  const cookies = await keyOf(
    sql,
    'cookies',
    () => [randomBytes(COOKIE_KEY_BYTES).toString('base64url')],
    (value) => CookieKeys.parse(value),
  );
  return { signing, cookies };
}

async function makeSigningKey() {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true, modulusLength: RSA_BITS });
  const kid = randomBytes(8).toString('hex');
  return Jwk.parse({ ...(await exportJWK(privateKey)), kid, alg: SIGNING_ALGORITHM, use: 'sig' });
}
