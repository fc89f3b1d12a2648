import type { IncomingMessage, ServerResponse } from 'node:http';
import { readLarge } from './large-reads.js';
import { responseHeaders } from './passed-headers.js';

/** A body of this size or more is read in large pieces. */
const LARGE_BYTES = 256 * 1024;

/** Gives a service's answer to the client: its body as it comes and no faster than it is taken. */
export function giveBack(answer: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(answer.statusCode ?? 502, responseHeaders(answer.headers));
  const length = Number(answer.headers['content-length']);
  // A body of known length, or its first piece, has come with its head, and leaves with it in one packet.
  if (Number.isNaN(length)) outgoing.flushHeaders();
  if (length >= LARGE_BYTES && outgoing.req.method !== 'HEAD') giveLargeBody(answer, outgoing);
  else answer.pipe(outgoing);
  breakOffTogether(answer, outgoing);
}

function giveLargeBody(answer: IncomingMessage, outgoing: ServerResponse): void {
  readLarge(answer, (bytes, taken) => outgoing.write(bytes, taken));
  answer.once('end', () => outgoing.end());
}

/** An answer that breaks off must not look whole. */
function breakOffTogether(answer: IncomingMessage, outgoing: ServerResponse): void {
  answer.once('error', () => outgoing.destroy());
  outgoing.once('close', () => answer.destroy());
}
