import { createHash, randomBytes } from 'node:crypto';

export interface Credentials {
  /** Where people reach the province, for instance http://127.0.0.1:8080 */
  readonly edge: string;
  readonly username: string;
  readonly password: string;
}

const CLIENT_ID = 'yinglian-cli';
const REDIRECT_URI = 'http://127.0.0.1/callback';
const MOST_STEPS = 10;

/** Signs in as a person does, by authorization code with PKCE (RFC 7636), and returns the access token. */
export async function signIn({ edge, username, password }: Credentials): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const question = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: REDIRECT_URI,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const code = await follow(`${edge}/oidc/auth?${question}`, new URLSearchParams({ username, password }));
  const answer = await fetch(`${edge}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
    }),
  });
  if (!answer.ok) throw new Error(`The province gave no token: ${answer.status}`);
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}

/** Walks the redirects with a browser's cookies, answering the sign-in form on the way, to the code. */
async function follow(start: string, form: URLSearchParams): Promise<string> {
  const cookies = new Map<string, string>();
  let address = start;
  let body: URLSearchParams | undefined;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    await answer.arrayBuffer();
    const location = answer.headers.get('location');
    if (location === null) {
      if (body !== undefined || answer.status !== 200)
        throw new Error(`The province did not accept the sign-in: ${answer.status}`);
      body = form;
      continue;
    }
    body = undefined;
    const next = new URL(location, address);
    if (next.href.startsWith(REDIRECT_URI)) return codeOf(next);
    address = next.href;
  }
  throw new Error('The sign-in did not come to an end');
}

function codeOf(callback: URL): string {
  const code = callback.searchParams.get('code');
  if (code === null) throw new Error(`The province refused the sign-in: ${callback.searchParams.get('error')}`);
  return code;
}
