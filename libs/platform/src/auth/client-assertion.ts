import { randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';

/** So that a clock may be some minutes behind; one that is ahead does no harm, since it is not said when it was made. */
const LIVES_S = 300;
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * What a program adds to a token request in place of a secret (RFC 7523 section 2.2, private_key_jwt): a statement for one use,
 * signed by its private key.
 * @param audience the issuer
 */
export async function clientAssertion(
  clientId: string,
  privateKey: JWK,
  audience: string,
): Promise<Record<string, string>> {
  const { kid, alg = privateKey.kty === 'EC' ? 'ES256' : 'RS256' } = privateKey;
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setExpirationTime(`${LIVES_S}s`)
    .sign(await importJWK(privateKey, alg));
  return { client_id: clientId, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
}
