import { randomBytes, scryptSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

/** A browser's part: it keeps the cookie and names its origin. */
export class PageClient {
  cookie: string | undefined;

  constructor(
    private readonly gateway: { readonly url: string },
    readonly origin: () => string = () => gateway.url,
    private readonly send: typeof fetch = fetch,
  ) {}

  async ask(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    const response = await this.send(`${this.gateway.url}/api/gateway/${path}`, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { origin: this.origin() }),
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [given] = response.headers.getSetCookie();
    if (given !== undefined) this.cookie = given.split(';')[0];
    return response;
  }

  signIn(username: string, password: string): Promise<Response> {
    return this.ask('POST', 'session', { username, password });
  }
}

/** A hash of the lightest kind that is taken, in the form that `yinglian gateway-password` prints. */
export function hashOf(password: string): string {
  const salt = randomBytes(18);
  const hash = scryptSync(password, salt, 32, { N: 8192, r: 8, p: 10 });
  const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$scrypt$ln=13,r=8,p=10$${base64(salt)}$${base64(hash)}`;
}

/** The hospital's file with one account and what else is given. */
export const writeHospitalFile = (path: string, password: string | undefined, others: object = {}): Promise<void> =>
  writeFile(
    path,
    JSON.stringify({
      page: {
        accounts: password === undefined ? [] : [{ username: 'qin', name: '秦工', passwordHash: hashOf(password) }],
      },
      ...others,
    }),
  );
