import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { freePort } from '@yinglian/servers';
import { exportJWK, generateKeyPair } from 'jose';
import { type KoaContextWithOIDC, Provider } from 'oidc-provider';

const PREFIX = '/oidc';

/** A hospital's own OpenID provider, which knows the province by its keys. Whoever is sent there is signed in as `who` at once. */
export class HospitalOp {
  who = 'u-0017';
  /** Seconds ago. */
  signedInAgo = 0;
  private server: Server | undefined;

  private constructor(
    readonly issuer: string,
    private readonly provider: Provider,
  ) {}

  static async start(province: { redirectUri: string; jwksUri: string }): Promise<HospitalOp> {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}${PREFIX}`;
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'province',
          redirect_uris: [province.redirectUri],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'RS256',
          jwks_uri: province.jwksUri,
        },
      ],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'hospital' }] },
      clientAuthMethods: ['private_key_jwt'],
      // Cookies are not kept apart by ports.
      cookies: { keys: ['x'], names: { session: '_h', interaction: '_h_interaction', resume: '_h_resume' } },
      pkce: { required: () => true },
      claims: { openid: ['sub', 'preferred_username'] },
      conformIdTokenClaims: false,
      findAccount: async (_context, accountId) => ({
        accountId,
        claims: () => ({ sub: accountId, preferred_username: `工号 ${accountId}` }),
      }),
      loadExistingGrant: async ({ oidc }: KoaContextWithOIDC) => {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client?.clientId ?? '',
          accountId: oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
      interactions: { url: (_context, { uid }) => `${PREFIX}/come-in/${uid}` },
      features: { devInteractions: { enabled: false } },
    });
    const op = new HospitalOp(issuer, provider);
    const handle = provider.callback();
    op.server = createServer(async (request, response) => {
      const { url = '' } = request;
      if (url.startsWith(`${PREFIX}/come-in/`)) {
        const ts = Math.floor(Date.now() / 1_000) - op.signedInAgo;
        await provider.interactionFinished(request, response, { login: { accountId: op.who, ts } });
        return;
      }
      await handle(Object.assign(request, { originalUrl: url, url: url.slice(PREFIX.length) }), response);
    });
    await once(op.server.listen(port, '127.0.0.1'), 'listening');
    return op;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}
