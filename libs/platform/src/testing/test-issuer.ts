import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Role, Scope } from '@yinglian/contracts';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { TOKEN_AUDIENCE } from '../config/define-config.js';

export interface TestPerson {
  subject: string;
  roles: Role[];
  hospital: string | null;
  displayName?: string;
  department?: string | null;
  sessionId?: string;
  /** When they proved a second factor; never unless told. */
  secondFactorAt?: Date;
}

/** What a token says of itself; by default what a sound one says. */
export interface TokenOptions {
  expiresIn?: string;
  notBefore?: string;
  issuer?: string;
  audience?: string;
  type?: string;
}

/** A real issuer of access tokens for integration tests: it signs, and serves its keys over HTTP. */
export class TestIssuer {
  private constructor(
    private readonly server: Server,
    private readonly key: CryptoKey,
    readonly url: string,
  ) {}

  static async start(): Promise<TestIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }] });
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(jwks);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    return new TestIssuer(server, privateKey, `http://127.0.0.1:${port}`);
  }

  /** The environment that makes a service trust this issuer. */
  get environment() {
    return { OIDC_ISSUER: this.url, OIDC_JWKS_URL: `${this.url}/jwks` };
  }

  personToken(person: TestPerson, options: TokenOptions = {}): Promise<string> {
    return this.sign(
      {
        sub: person.subject,
        sid: person.sessionId ?? `session-of-${person.subject}`,
        name: person.displayName ?? person.subject,
        roles: person.roles,
        hospital: person.hospital,
        department: person.department ?? null,
        ...(person.secondFactorAt === undefined
          ? {}
          : { second_factor_time: Math.floor(person.secondFactorAt.getTime() / 1_000) }),
      },
      options,
    );
  }

  serviceToken(client: { clientId: string; scopes: Scope[]; hospital: string | null }): Promise<string> {
    return this.sign({
      sub: client.clientId,
      client_id: client.clientId,
      scope: client.scopes.join(' '),
      hospital: client.hospital,
    });
  }

  sign(claims: Record<string, unknown>, options: TokenOptions = {}): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: options.type ?? 'at+jwt' })
      .setIssuer(options.issuer ?? this.url)
      .setAudience(options.audience ?? TOKEN_AUDIENCE)
      .setIssuedAt()
      .setNotBefore(options.notBefore ?? '0 seconds')
      .setExpirationTime(options.expiresIn ?? '10m')
      .sign(this.key);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
