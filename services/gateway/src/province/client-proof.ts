import { readFile } from 'node:fs/promises';
import { clientAssertion, messageOf } from '@yinglian/platform';
import { z } from 'zod';

/** What goes along with a token request so that the issuer knows who asks. */
export interface ClientProof {
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The issuer does not know the gateway's client or its credential, or there is none to show. */
export class CredentialRefused extends Error {
  override readonly name = 'CredentialRefused';
}

/** RFC 6749 section 2.3.1 */
export function bySecret(clientId: string, secret: string) {
  const credential = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64');
  return async (): Promise<ClientProof> => ({ headers: { authorization: `Basic ${credential}` }, parameters: {} });
}

const PrivateKey = z.looseObject({ kty: z.enum(['EC', 'RSA']), d: z.string(), kid: z.string() });

/**
 * RFC 7523. The file holds the private key as a JWK (RFC 7517) and is read for each token: a key that is changed there is used from
 * then on.
 */
export const byKeyFile = (clientId: string, path: string, issuer: string) => async (): Promise<ClientProof> => {
  const key = await readFile(path, 'utf8')
    .then((text) => PrivateKey.parse(JSON.parse(text)))
    .catch((error: unknown) => {
      // Nothing of what the file holds is told.
      const why =
        error instanceof SyntaxError || error instanceof z.ZodError ? 'it is no private JWK' : messageOf(error);
      throw new CredentialRefused(`The gateway's key cannot be read: ${why}`);
    });
  return { headers: {}, parameters: await clientAssertion(clientId, key, issuer) };
};
