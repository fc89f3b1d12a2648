import { Readable } from 'node:stream';
import { traceHeaders } from '@yinglian/platform';
import { Agent, type Dispatcher } from 'undici';
import type { AccessToken } from './access-token.js';
import { connectObserved } from './connect-observed.js';
import type { ProvinceObserver } from './province-observer.js';

export interface ProvinceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface ProvinceRoute {
  /** An address of this machine by which the line is chosen. */
  readonly localAddress?: string | undefined;
  /** Silence of the province after which a request is given up. */
  readonly timeoutMs?: number;
  readonly observer?: ProvinceObserver;
}

const TIMEOUT_MS = 60_000;
const LONGEST_ANSWER_BYTES = 1024 * 1024;

/** Calls the province's edge with the gateway's own token. */
export class ProvinceClient {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    private readonly token: AccessToken,
    private readonly route: ProvinceRoute = {},
  ) {
    const { localAddress, timeoutMs = TIMEOUT_MS, observer } = route;
    this.agent = new Agent({
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: connectObserved(observer),
      ...(localAddress === undefined ? {} : { localAddress }),
    });
  }

  get(path: string, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<ProvinceAnswer> {
    return this.send('GET', path, headers, null, signal);
  }

  head(path: string): Promise<ProvinceAnswer> {
    return this.send('HEAD', path, {}, null);
  }

  put(path: string, headers: Record<string, string>, body: Readable): Promise<ProvinceAnswer> {
    return this.send('PUT', path, headers, body);
  }

  /** A body of some kilobytes. */
  sendJson(method: 'POST' | 'PUT', path: string, body: object): Promise<ProvinceAnswer> {
    return this.send(method, path, { 'content-type': 'application/json' }, Readable.from([JSON.stringify(body)]));
  }

  /** A long answer, as it comes; the caller reads or destroys it. */
  async stream(path: string): Promise<{ readonly status: number; readonly body: Readable }> {
    const { origin, pathname } = new URL(path, this.url);
    const { statusCode: status, body } = await this.agent.request({
      origin,
      path: pathname,
      method: 'GET',
      headers: { ...traceHeaders(), authorization: `Bearer ${await this.token.get(this.agent)}` },
    });
    if (status === 401) this.token.forget();
    return { status, body };
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async send(
    method: Dispatcher.HttpMethod,
    path: string,
    headers: Record<string, string>,
    body: Readable | null,
    signal?: AbortSignal,
  ): Promise<ProvinceAnswer> {
    try {
      const { origin, pathname, search } = new URL(path, this.url);
      const answer = await this.agent.request({
        origin,
        path: pathname + search,
        method,
        headers: { ...traceHeaders(), ...headers, authorization: `Bearer ${await this.token.get(this.agent)}` },
        body,
        ...(signal === undefined ? {} : { signal }),
      });
      const { statusCode: status } = answer;
      if (status === 401) this.token.forget();
      const answered = { status, headers: flat(answer.headers), body: await textOf(answer.body) };
      this.route.observer?.answered({ method, status, date: answered.headers.date });
      return answered;
    } catch (error) {
      if (!signal?.aborted) this.route.observer?.unanswered(error);
      throw error;
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
