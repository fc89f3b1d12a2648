import type { ClientMetadata } from 'oidc-provider';

export const COMMAND_LINE = 'yinglian-cli';

const person = {
  // Programs in a browser or on a desk keep no secret; PKCE (RFC 7636) protects their codes.
  token_endpoint_auth_method: 'none',
  response_types: ['code'],
  scope: 'openid',
} as const;

/** The province's own programs for people. Their clients need no consent screen. */
export const firstPartyClients = (publicUrl: string, viewerUrl: string): ClientMetadata[] => [
  {
    ...person,
    response_types: ['code'],
    client_id: 'portal',
    client_name: '影联 Yinglian',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${publicUrl}/signed-in`, `${publicUrl}/callback`],
    post_logout_redirect_uris: [`${publicUrl}/`],
  },
  {
    ...person,
    response_types: ['code'],
    client_id: 'ohif',
    client_name: '影联阅片 Yinglian Viewer',
    grant_types: ['authorization_code'],
    redirect_uris: [`${viewerUrl}/callback`, `${viewerUrl}/silent-refresh.html`],
    post_logout_redirect_uris: [`${viewerUrl}/signed-out`, `${viewerUrl}/`, `${publicUrl}/`],
  },
  {
    ...person,
    response_types: ['code'],
    client_id: COMMAND_LINE,
    client_name: 'yinglian',
    // A native program may listen on any loopback port (RFC 8252 section 7.3).
    application_type: 'native',
    grant_types: ['authorization_code'],
    redirect_uris: ['http://127.0.0.1/callback'],
  },
];
