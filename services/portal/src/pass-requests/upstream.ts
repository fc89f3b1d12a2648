import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { traceHeaders } from '@yinglian/platform';
import { answerUnavailable } from './answer-unavailable.js';
import { giveBack } from './give-back.js';
import { LargeReadsAgent } from './large-reads.js';
import { requestHeaders } from './passed-headers.js';

const CONNECT_TIMEOUT_MS = 3_000;
/** Images from a hospital may be waited for; nobody waits longer for a service that hangs. */
const ANSWER_TIMEOUT_MS = 60_000;
const MAX_IDLE_CONNECTIONS = 64;
/** A service that is being restarted answers again about then. */
const RETRY_AFTER_MS = 400;

/** One service behind the edge. Requests and answers pass as streams, in both directions at once, at the pace of the slower side. */
export class Upstream {
  private readonly url: URL;
  private readonly publicUrl: URL;
  private readonly agent = new LargeReadsAgent({
    keepAlive: true,
    maxFreeSockets: MAX_IDLE_CONNECTIONS,
    scheduling: 'lifo',
  });

  /** @param answersWithinMs until an answer to what only reads begins */
  constructor(
    address: string,
    publicAddress: string,
    private readonly answersWithinMs = ANSWER_TIMEOUT_MS,
  ) {
    this.url = new URL(address);
    this.publicUrl = new URL(publicAddress);
  }

  /**
   * Passes a request on and its answer back. A service that cannot be reached is tried once more, which is safe: its
   * connection was refused, or the request changes nothing and has no body. Then, and when it takes too long to begin its answer to what
   * only reads, the answer is 503 UNAVAILABLE.
   */
  async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    for (const isLastTry of [false, true]) {
      const outcome = await this.attempt(incoming, outgoing);
      if (outcome === 'answered' || outgoing.destroyed) return;
      if (outcome === 'lost' || isLastTry) break;
      await wait(RETRY_AFTER_MS);
    }
    answerUnavailable(incoming, outgoing);
  }

  close(): void {
    this.agent.destroy();
  }

  /** `unsent`: nothing reached the service, or nothing that matters; `lost`: a part of it may have. */
  private attempt(incoming: IncomingMessage, outgoing: ServerResponse): Promise<'answered' | 'unsent' | 'lost'> {
    return new Promise((resolve) => {
      const passed = request({
        agent: this.agent,
        host: this.url.hostname,
        port: this.url.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...requestHeaders(incoming, this.publicUrl), ...traceHeaders() },
        timeout: CONNECT_TIMEOUT_MS,
      });
      let connected = false;
      let hangs = false;
      // Also of use after an answer that came before the body's end: nobody waits for the rest of it.
      const abandon = () => {
        incoming.unpipe(passed);
        incoming.resume();
        passed.destroy();
      };
      outgoing.once('close', abandon);
      const failed = (outcome: 'unsent' | 'lost') => {
        outgoing.off('close', abandon);
        resolve(outcome);
      };
      const start = () => {
        connected = true;
        // What changes something may take its time.
        passed.setTimeout(isSafe(incoming) && !hasBody(incoming) ? this.answersWithinMs : 0);
        if (hasBody(incoming)) incoming.pipe(passed);
        else passed.end();
      };
      passed.once('socket', (socket) => (socket.connecting ? socket.once('connect', start) : start()));
      passed.once('timeout', () => {
        hangs = connected;
        passed.destroy(new Error(connected ? 'The service did not answer' : 'The service did not take the connection'));
      });
      passed.once('response', (answer) => {
        passed.setTimeout(0);
        resolve('answered');
        giveBack(answer, outgoing);
      });
      passed.on('error', () =>
        failed(hangs || (connected && (hasBody(incoming) || !isSafe(incoming))) ? 'lost' : 'unsent'),
      );
    });
  }
}

const isSafe = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
