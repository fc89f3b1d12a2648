import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { divert } from './divertible-agent.js';
import { responseHeaders } from './passed-headers.js';

/** A body of this size or more goes from socket to socket. */
const LARGE_BYTES = 256 * 1024;

/** Gives a service's answer to the client: its head at once, its body as it comes and no faster than it is taken. */
export function giveBack(answer: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(answer.statusCode ?? 502, responseHeaders(answer.headers));
  const length = Number(answer.headers['content-length']);
  // The body of a small answer has come with its head, and leaves with it in one packet.
  if (!(length < LARGE_BYTES)) outgoing.flushHeaders();
  // Without a socket the client has sent requests ahead (pipelining), and an earlier answer is still being written.
  if (length >= LARGE_BYTES && outgoing.req.method !== 'HEAD' && outgoing.socket !== null) {
    giveLargeBody(answer, outgoing, outgoing.socket, length);
    return;
  }
  answer.pipe(outgoing);
  breakOffTogether(answer, outgoing);
}

function giveLargeBody(answer: IncomingMessage, outgoing: ServerResponse, client: Socket, length: number): void {
  const service = answer.socket;
  let missing = length;
  const took = (bytes: number) => {
    missing -= bytes;
    if (missing > 0) return;
    outgoing.end();
    service.destroy();
  };
  // What came together with the head has been through the parser.
  answer.on('data', (bytes: Buffer) => client.write(bytes, () => took(bytes.length)));
  divert(service, (bytes) => {
    client.write(bytes, (error) => {
      if (error) return;
      service.resume();
      took(bytes.length);
    });
    return false;
  });
  service.once('close', () => {
    if (missing > 0) outgoing.destroy();
  });
  answer.once('error', () => undefined);
  outgoing.once('close', () => service.destroy());
}

/** An answer that breaks off must not look whole. */
function breakOffTogether(answer: IncomingMessage, outgoing: ServerResponse): void {
  answer.once('error', () => outgoing.destroy());
  outgoing.once('close', () => answer.destroy());
}
