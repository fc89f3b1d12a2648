import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { importJWK } from 'jose';
import * as client from 'openid-client';
import { z } from 'zod';
import { providerKeys, SIGNING_ALGORITHM } from '../provide-identity/provider-keys.js';
import type { HospitalIssuer } from '../storage/hospital-issuer.store.js';
import type { Journey } from '../storage/hospital-sign-in.store.js';
import type { HospitalIdentity } from '../storage/linked-identity.store.js';

const TIMEOUT_S = 10;
/** Somebody who signed in at their hospital so long ago at most is still the one who sits there. */
const FRESH_S = 300;

const Claims = z.object({
  sub: z.string().min(1).max(255),
  preferred_username: z.string().max(100).optional().catch(undefined),
});

/**
 * The province as a client of hospitals' providers: authorisation code with PKCE, and its own key in place of a secret
 * (private_key_jwt), which hospitals read at /oidc/jwks.
 */
@Injectable()
export class HospitalProvider {
  private readonly logger = new Logger(HospitalProvider.name);

  constructor(private readonly database: Database) {}

  /** Whether the provider answers as itself. */
  async answers(issuer: HospitalIssuer): Promise<boolean> {
    return (await this.configurationOf(issuer)) !== undefined;
  }

  /** Where the person goes; undefined when the provider does not answer. */
  async begin(
    issuer: HospitalIssuer,
    redirectUri: string,
  ): Promise<(Omit<Journey, 'interaction'> & { to: URL }) | undefined> {
    const configuration = await this.configurationOf(issuer);
    if (configuration === undefined) return undefined;
    const [state, nonce, codeVerifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const to = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid',
      state,
      nonce,
      max_age: String(FRESH_S),
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return { to, state, nonce, codeVerifier, hospital: issuer.hospital };
  }

  /** Who came back by this address; undefined when the provider does not vouch for anybody. */
  async finish(
    issuer: HospitalIssuer,
    { state, nonce, codeVerifier }: Journey,
    at: URL,
  ): Promise<HospitalIdentity | undefined> {
    const configuration = await this.configurationOf(issuer);
    if (configuration === undefined) return undefined;
    try {
      const tokens = await client.authorizationCodeGrant(configuration, at, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        maxAge: FRESH_S,
        idTokenExpected: true,
      });
      const { sub, preferred_username: name = sub } = Claims.parse(tokens.claims());
      return { hospital: issuer.hospital, issuer: issuer.issuer, subject: sub, name };
    } catch (error) {
      this.warn(issuer, error);
      return undefined;
    }
  }

  private async configurationOf({ hospital, issuer, clientId }: HospitalIssuer) {
    const { signing } = await providerKeys(this.database);
    const key = await importJWK(signing, SIGNING_ALGORITHM);
    if (key instanceof Uint8Array) throw new Error('The province’s signing key is no key pair');
    const address = new URL(issuer);
    const isPlain = address.protocol === 'http:';
    try {
      return await client.discovery(
        address,
        clientId,
        undefined,
        client.PrivateKeyJwt({ key, kid: z.string().parse(signing.kid) }),
        { timeout: TIMEOUT_S, ...(isPlain ? { execute: [client.allowInsecureRequests] } : {}) },
      );
    } catch (error) {
      this.warn({ hospital }, error);
      return undefined;
    }
  }

  /** The kind of error alone: a description may name the person. */
  private warn({ hospital }: Pick<HospitalIssuer, 'hospital'>, error: unknown): void {
    const { name, code } = z
      .object({ name: z.string(), code: z.string().optional() })
      .catch({ name: 'Error' })
      .parse(error);
    this.logger.warn({ msg: 'A hospital’s provider did not vouch for anybody', hospital, error: code ?? name });
  }
}
