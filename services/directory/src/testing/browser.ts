import { createHash, randomBytes } from 'node:crypto';

const MOST_STEPS = 10;

/** As much of a browser as the sign-in needs: it keeps cookies by path, and follows redirects until it may not. */
export class Browser {
  private readonly cookies = new Map<string, { value: string; path: string }>();

  constructor(private readonly headers: Record<string, string>) {}

  async open(address: URL | string, form?: Record<string, string>, headers: Record<string, string> = {}) {
    const url = new URL(address);
    const sent = [...this.cookies].filter(([, { path }]) => url.pathname.startsWith(path));
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        ...this.headers,
        ...headers,
        cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; '),
      },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, { value, path: /; path=([^;]*)/i.exec(cookie)?.[1] ?? '/' });
    }
    return response;
  }

  /** Follows redirects; stops at an answer that is none, or before an address of another origin or path than /oidc. */
  async walk(
    address: URL | string,
    form?: Record<string, string>,
  ): Promise<{ at: URL; response: Response | undefined }> {
    let at = new URL(address);
    let body = form;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const response = await this.open(at, body);
      const location = response.headers.get('location');
      if (location === null) return { at, response };
      body = undefined;
      at = new URL(location, at);
      if (!at.pathname.startsWith('/oidc/')) return { at, response: undefined };
    }
    throw new Error('There was no end to the redirects');
  }
}

/** An authorization request with PKCE, and what redeems its code. */
export function authorization(
  issuer: string,
  clientId: string,
  redirectUri: string,
  more: Record<string, string> = {},
) {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirectUri,
    state: 'as-it-was',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  return {
    address: new URL(`${issuer}/auth?${query}`),
    redeem: (code: string, changed: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      fetch(`${issuer}/token`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: clientId,
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
          ...changed,
        }),
      }),
  };
}
