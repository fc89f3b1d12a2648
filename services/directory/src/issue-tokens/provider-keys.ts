import { randomBytes } from 'node:crypto';
import { first, type Sql } from '@yinglian/persistence';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface ProviderKeys {
  readonly jwks: { readonly keys: JWK[] };
  readonly cookieKeys: string[];
}

/** The province's signing and cookie keys: made once, by whichever process comes first. RS256 is what every OIDC client can check. */
export async function providerKeys(sql: Sql): Promise<ProviderKeys> {
  const read = () => first<ProviderKeys>(sql, 'SELECT jwks, cookie_keys AS "cookieKeys" FROM provider_keys');
  const known = await read();
  if (known !== undefined) return known;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  const key = { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), alg: 'RS256', use: 'sig' };
  await sql.query('INSERT INTO provider_keys (jwks, cookie_keys) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    JSON.stringify({ keys: [key] }),
    [randomBytes(32).toString('base64url')],
  ]);
  const made = await read();
  if (made === undefined) throw new Error('The provider’s keys were not kept');
  return made;
}
