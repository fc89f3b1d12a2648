import type { IncomingMessage, ServerResponse } from 'node:http';
import { platformProblems } from '@yinglian/platform';

const RETRY_AFTER_SECONDS = '1';

/** Answers 503 UNAVAILABLE as RFC 9457, or breaks the connection when an answer has begun. */
export function answerUnavailable(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const { code, status, title } = platformProblems.UNAVAILABLE;
  outgoing
    .writeHead(status, {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'retry-after': RETRY_AFTER_SECONDS,
    })
    .end(JSON.stringify({ type: `urn:yinglian:problem:${code}`, title, status, code }));
  // What the client still sends has nowhere to go.
  incoming.unpipe();
  incoming.resume();
}
