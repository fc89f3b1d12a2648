import { createHash, randomBytes } from 'node:crypto';

/** The account has a second factor, or is to get one. */
export const SECOND_FACTOR = 'second factor';

/** The provider says no: with an HTTP status, 401 of a wrong password, with an error of OAuth, or it asks for more. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';

  constructor(readonly answer: number | string) {
    super(`The province refused the sign-in: ${answer}`);
  }
}

export interface SignIn {
  /** The OpenID provider, for instance http://127.0.0.1:8080/oidc */
  readonly issuer: string;
  readonly username: string;
  readonly password: string;
  /** A public client of the provider and one of its redirect addresses; yinglian's own unless told. */
  readonly clientId?: string;
  readonly redirectUri?: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string | undefined;
  readonly refreshToken: string | undefined;
}

const MOST_STEPS = 10;
const TIMEOUT_MS = 10_000;

/**
 * Signs in as a browser does: authorization code with PKCE (RFC 7636), the provider's cookies, its form. Nothing listens
 * at the redirect address; the last redirect is read, not followed.
 */
export async function signIn({
  issuer,
  username,
  password,
  clientId = 'yinglian-cli',
  redirectUri = 'http://127.0.0.1/callback',
}: SignIn): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const question = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirectUri,
    state: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const form = new URLSearchParams({ username, password });
  const callback = await followToCallback(new URL(`${issuer}/auth?${question}`), redirectUri, form);
  const code = callback.searchParams.get('code');
  if (code === null || callback.searchParams.get('state') !== question.get('state')) {
    throw new SignInRefused(callback.searchParams.get('error') ?? 'no code');
  }
  return redeem(issuer, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

/** Walks the redirects with a browser's cookies and answers the sign-in form on the way. */
async function followToCallback(start: URL, redirectUri: string, form: URLSearchParams): Promise<URL> {
  const cookies = new Map<string, string>();
  let address = start;
  let body: URLSearchParams | undefined;
  let hasSent = false;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const response = await fetch(address, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    await response.arrayBuffer();
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) {
      if (response.status !== 200 || body !== undefined) throw new SignInRefused(response.status);
      // A page after the password asks for what only a browser can show.
      if (hasSent) throw new SignInRefused(SECOND_FACTOR);
      hasSent = true;
      body = form;
      continue;
    }
    body = undefined;
    address = new URL(location, address);
    if (address.href.split('?')[0] === redirectUri) return address;
  }
  throw new Error('The sign-in came to no end');
}

async function redeem(issuer: string, parameters: Record<string, string>): Promise<Tokens> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    body: new URLSearchParams(parameters),
  });
  if (!response.ok) throw new Error(`The province gave no token: ${response.status}`);
  const answer: unknown = await response.json();
  const token = (name: string) => {
    const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const accessToken = token('access_token');
  if (accessToken === undefined) throw new Error('The province’s answer holds no access token');
  return { accessToken, idToken: token('id_token'), refreshToken: token('refresh_token') };
}
