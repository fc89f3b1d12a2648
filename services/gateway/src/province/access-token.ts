import { TOKEN_AUDIENCE } from '@yinglian/platform';
import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import { type ClientProof, CredentialRefused } from './client-proof.js';

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(60) });

/** Tokens are renewed when so much of their life is left. */
const RENEW_BEFORE_MS = 30_000;
const TIMEOUT_MS = 10_000;
/** Of a token request: `invalid_client` and its like (RFC 6749 section 5.2). */
const REFUSALS = new Set([400, 401, 403]);

/** The gateway's own access token by client credentials (RFC 6749 section 4.4, RFC 8707), kept until shortly before it expires. */
export class AccessToken {
  private token: { value: string; renewAt: number } | undefined;
  private asking: Promise<string> | undefined;

  constructor(private readonly client: { tokenUrl: string; scope: string; prove: () => Promise<ClientProof> }) {}

  /** Asks over the line of whoever needs it. Throws when the issuer does not answer, CredentialRefused when it refuses. */
  get(line: Dispatcher): Promise<string> {
    if (this.token !== undefined && Date.now() < this.token.renewAt) return Promise.resolve(this.token.value);
    this.asking ??= this.ask(line).finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** It was refused: the next one is asked for. */
  forget(): void {
    this.token = undefined;
  }

  private async ask(line: Dispatcher): Promise<string> {
    const { tokenUrl, scope, prove } = this.client;
    const { headers, parameters } = await prove();
    const { statusCode, body } = await request(tokenUrl, {
      dispatcher: line,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...parameters,
        grant_type: 'client_credentials',
        scope,
        resource: TOKEN_AUDIENCE,
      }).toString(),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    const text = await body.text();
    if (REFUSALS.has(statusCode)) throw new CredentialRefused(`The token endpoint answered ${statusCode}`);
    if (statusCode !== 200) throw new Error(`The token endpoint answered ${statusCode}`);
    const { access_token: value, expires_in: seconds } = TokenAnswer.parse(JSON.parse(text));
    const lifeMs = seconds * 1000;
    this.token = { value, renewAt: Date.now() + Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2) };
    return value;
  }
}
