import type { Readable } from 'node:stream';
import { traceHeaders } from '@yinglian/platform';
import { Agent, type Dispatcher } from 'undici';
import type { AccessToken } from './access-token.js';

export interface ProvinceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

const TIMEOUT_MS = 60_000;
const LONGEST_ANSWER_BYTES = 1024 * 1024;

/** Calls the province's edge with the gateway's own token. */
export class ProvinceClient {
  private readonly agent = new Agent({ headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, connectTimeout: 10_000 });

  constructor(
    private readonly url: string,
    private readonly token: AccessToken,
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<ProvinceAnswer> {
    return this.send('GET', path, headers, null);
  }

  head(path: string): Promise<ProvinceAnswer> {
    return this.send('HEAD', path, {}, null);
  }

  put(path: string, headers: Record<string, string>, body: Readable): Promise<ProvinceAnswer> {
    return this.send('PUT', path, headers, body);
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async send(
    method: Dispatcher.HttpMethod,
    path: string,
    headers: Record<string, string>,
    body: Readable | null,
  ): Promise<ProvinceAnswer> {
    try {
      const { origin, pathname } = new URL(path, this.url);
      const answer = await this.agent.request({
        origin,
        path: pathname,
        method,
        headers: { ...traceHeaders(), ...headers, authorization: `Bearer ${await this.token.get()}` },
        body,
      });
      if (answer.statusCode === 401) this.token.forget();
      return {
        status: answer.statusCode,
        headers: flat(answer.headers),
        body: await textOf(answer.body),
      };
    } finally {
      body?.destroy();
    }
  }
}

async function textOf(body: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > LONGEST_ANSWER_BYTES) throw new Error('The answer is longer than any');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

const flat = (headers: Record<string, string | string[] | undefined>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
