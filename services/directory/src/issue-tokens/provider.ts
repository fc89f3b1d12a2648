import { createHash, timingSafeEqual } from 'node:crypto';
import { Scope } from '@yinglian/contracts';
import type { Database } from '@yinglian/persistence';
import { TOKEN_AUDIENCE } from '@yinglian/platform';
import { Provider } from 'oidc-provider';
import { staffBySubject } from '../storage/staff.store.js';
import { OidcObjects } from './oidc-objects.adapter.js';
import { providerKeys } from './provider-keys.js';
import { tokenClaims } from './token-claims.js';

const HOUR_S = 3_600;
const SESSION_S = 8 * HOUR_S;
const SERVICE_SCOPES = Scope.options.join(' ');

interface Addresses {
  readonly PUBLIC_URL: string;
  readonly VIEWER_URL: string;
}

/** The province's OpenID provider: code with PKCE for people, client credentials for services, JWT access tokens (RFC 9068). */
export async function createProvider(database: Database, { PUBLIC_URL, VIEWER_URL }: Addresses): Promise<Provider> {
  const { jwks, cookieKeys } = await providerKeys(database);
  const person = {
    token_endpoint_auth_method: 'none' as const,
    response_types: ['code' as const],
    grant_types: ['authorization_code', 'refresh_token'],
  };
  const provider = new Provider(`${PUBLIC_URL}/oidc`, {
    adapter: (model) => new OidcObjects(database, model),
    clients: [
      {
        ...person,
        client_id: 'portal',
        redirect_uris: [`${PUBLIC_URL}/signed-in`],
        post_logout_redirect_uris: [`${PUBLIC_URL}/`],
      },
      {
        ...person,
        client_id: 'ohif',
        redirect_uris: [`${VIEWER_URL}/callback`, `${VIEWER_URL}/silent-refresh.html`],
        post_logout_redirect_uris: [`${VIEWER_URL}/signed-out`],
      },
      {
        ...person,
        client_id: 'yinglian-cli',
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/callback'],
      },
    ],
    extraClientMetadata: { properties: ['hospital'] },
    jwks: { keys: jwks.keys },
    cookies: { keys: cookieKeys },
    scopes: ['openid', 'offline_access', 'profile'],
    claims: { openid: ['sub'], profile: ['name'] },
    clientBasedCORS: (_context, origin) => [PUBLIC_URL, VIEWER_URL].includes(origin),
    pkce: { required: () => true },
    interactions: { url: (_context, interaction) => `/oidc/interaction/${interaction.uid}` },
    ttl: {
      AccessToken: HOUR_S,
      AuthorizationCode: 60,
      ClientCredentials: HOUR_S,
      Grant: SESSION_S,
      IdToken: HOUR_S,
      Interaction: HOUR_S,
      RefreshToken: SESSION_S,
      Session: SESSION_S,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => TOKEN_AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: `openid profile ${SERVICE_SCOPES}`,
          audience: TOKEN_AUDIENCE,
          accessTokenTTL: HOUR_S,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_context, token) => tokenClaims(database, token),
    findAccount: async (_context, subject) => {
      const staff = await staffBySubject(database, subject);
      if (staff === undefined || !staff.active) return undefined;
      return { accountId: subject, claims: () => ({ sub: subject, name: staff.displayName }) };
    },
    // The province's own programs need no consent screen: being signed in is the grant.
    loadExistingGrant: async (context) => {
      const { client, session, provider: issuing } = context.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grantId = session.grantIdFor(client.clientId);
      const known = grantId === undefined ? undefined : await issuing.Grant.find(grantId);
      if (known !== undefined) return known;
      const grant = new issuing.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile offline_access');
      grant.addResourceScope(TOKEN_AUDIENCE, 'openid profile');
      await grant.save();
      return grant;
    },
  });
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = function compareClientSecret(given: string) {
    const digest = createHash('sha256').update(given).digest();
    const kept = Buffer.from(this.clientSecret ?? '', 'hex');
    return kept.length === digest.length && timingSafeEqual(kept, digest);
  };
  return provider;
}
