import type { Server } from 'node:http';

/** Longer than the rest of a pack takes on an ordinary line. */
const LONGEST_MS = 30_000;

/**
 * Reads and drops what still comes of a request that has its answer: Node stops reading a body that was begun, and the next
 * request on the connection would never be seen. Closing at once could overtake the answer (RFC 9112 section 9.6).
 */
export function dropUnreadBodies(server: Server, longestMs = LONGEST_MS): void {
  server.on('request', (request, response) => {
    const { socket } = request;
    response.once('finish', () => {
      if (request.complete) return;
      // Whoever destroyed the body left nothing to read it by.
      if (request.destroyed) return void socket.destroySoon();
      request.resume();
      const insist = setTimeout(() => socket.destroy(), longestMs).unref();
      for (const whole of [request, socket]) whole.once('close', () => clearTimeout(insist));
    });
  });
}
