import { Logger } from '@nestjs/common';
import { Scope } from '@yinglian/contracts';
import type { Database } from '@yinglian/persistence';
import { TOKEN_AUDIENCE } from '@yinglian/platform';
import { type Client, type Configuration, errors, Provider } from 'oidc-provider';
import { type DirectoryConfig, sessionLimits } from '../directory.config.js';
import { mayAct } from '../domain/staff.js';
import { clientSecretMatches } from '../manage-clients/client-secret.js';
import { findStaff } from '../storage/staff.store.js';
import { COMMAND_LINE, firstPartyClients } from './first-party-clients.js';
import { grantOfSession } from './grant-of-session.js';
import { IDLE_S, keepSession, sessionLives } from './keep-session.js';
import { providerAdapter } from './provider.adapter.js';
import { providerKeys, SIGNING_ALGORITHM } from './provider-keys.js';
import { providerPages } from './provider-pages.js';
import { SECOND_FACTOR_ACR, signInPolicy } from './sign-in-policy.js';
import { allScopesUnlessNamed, tokenClaims } from './token-claims.js';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const TOKEN_S = HOUR_S;

/**
 * The province's OpenID provider (OpenID Connect Core 1.0, OAuth 2.0 Security BCP): authorization code with PKCE for
 * people, client credentials for programs, JWT access tokens (RFC 9068) for one audience.
 */
export async function createProvider(database: Database, config: DirectoryConfig): Promise<Provider> {
  const keys = await providerKeys(database);
  const limits = sessionLimits(config);
  const sessionS = Math.ceil(limits.longestMs / 1_000);
  const provider = new Provider(`${config.PUBLIC_URL}/oidc`, {
    adapter: (model) => providerAdapter(database, model),
    clients: firstPartyClients(config.PUBLIC_URL, config.VIEWER_URL),
    extraClientMetadata: { properties: ['hospital'] },
    jwks: { keys: [keys.signing] },
    cookies: { keys: keys.cookies },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    clientBasedCORS: (_context, origin) => origin === config.PUBLIC_URL || origin === config.VIEWER_URL,
    scopes: ['openid', ...Scope.options],
    claims: { openid: ['sub', 'name'] },
    acrValues: [SECOND_FACTOR_ACR],
    extraParams: [IDLE_S],
    responseTypes: ['code'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // Bound to the session: its end is that of the token.
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    formats: { customizers: { jwt: (_context, token, parts) => allScopesUnlessNamed(token, parts) } },
    extraTokenClaims: (_context, token) => tokenClaims(database, token),
    findAccount: async (context, subject, token) => {
      const staff = await findStaff(database, subject);
      if (staff === undefined || !mayAct(staff)) return undefined;
      if (token !== undefined && !(await sessionLives(database, token, context, limits))) return undefined;
      return { accountId: subject, claims: () => ({ sub: subject, name: staff.displayName }) };
    },
    loadExistingGrant: async (context) => {
      await keepSession(database, context, limits);
      return grantOfSession(context);
    },
    interactions: {
      policy: signInPolicy(database, { limits, secondFactor: config.SECOND_FACTOR }),
      url: (_context, { uid }) => `/oidc/interaction/${uid}`,
    },
    ttl: {
      AccessToken: (_context, _token, client) => tokenLifetimeS(config, client),
      AuthorizationCode: MINUTE_S,
      ClientCredentials: TOKEN_S,
      Grant: sessionS,
      IdToken: TOKEN_S,
      Interaction: HOUR_S,
      RefreshToken: sessionS,
      Session: sessionS,
    },
    features: features(config),
    renderError: providerPages(config).failed,
  });
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = function compareWithDigest(told) {
    return this.clientSecret !== undefined && clientSecretMatches(this.clientSecret, told);
  };
  const logger = new Logger('OpenID');
  provider.on('server_error', (_context, error) => logger.error(error));
  return provider;
}

/** Who cannot renew a token has one for an hour: programs, and people at a command line. */
const tokenLifetimeS = ({ ACCESS_TOKEN_MINUTES }: DirectoryConfig, client: Client) =>
  client.clientId === COMMAND_LINE || client.grantTypeAllowed('client_credentials')
    ? TOKEN_S
    : ACCESS_TOKEN_MINUTES * MINUTE_S;

function features(config: DirectoryConfig): Configuration['features'] {
  const pages = providerPages(config);
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    // Access tokens are for the province's services; /api/directory/me tells who is signed in.
    userinfo: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: pages.signOut, postLogoutSuccessSource: pages.signedOut },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => TOKEN_AUDIENCE,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, resource, client) => {
        if (resource !== TOKEN_AUDIENCE) throw new errors.InvalidTarget();
        return {
          audience: TOKEN_AUDIENCE,
          scope: client.metadata().scope ?? '',
          accessTokenFormat: 'jwt',
          accessTokenTTL: tokenLifetimeS(config, client),
          jwt: { sign: { alg: SIGNING_ALGORITHM } },
        };
      },
    },
  };
}
