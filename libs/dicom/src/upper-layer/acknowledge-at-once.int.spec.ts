import { once } from 'node:events';
import { connect, createServer, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { acknowledgeAtOnce, canAcknowledgeAtOnce } from './acknowledge-at-once.js';

const HEAD = Buffer.alloc(12);
const BODY = Buffer.alloc(764);
const EXCHANGES = 31;

/** How long a sender with Nagle's algorithm waits for the answer to a message in two small pieces; the median in ms. */
async function medianWait(afterRead: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    let received = 0;
    socket.on('data', (bytes) => {
      afterRead(socket);
      received += bytes.length;
      if (received % (HEAD.length + BODY.length) === 0) socket.write('answer');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const client = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  const waits: number[] = [];
  for (let exchange = 0; exchange < EXCHANGES; exchange += 1) {
    const startedAt = performance.now();
    client.write(HEAD);
    await setImmediate();
    client.write(BODY);
    await once(client, 'data');
    waits.push(performance.now() - startedAt);
  }
  client.destroy();
  await new Promise((closed) => server.close(closed));
  return waits.sort((one, other) => one - other)[Math.floor(EXCHANGES / 2)] ?? 0;
}

describe('acknowledging at once', () => {
  it('is possible on Linux, where the gateway is to run', () => {
    expect(canAcknowledgeAtOnce()).toBe(process.platform === 'linux');
  });

  (canAcknowledgeAtOnce() ? it : it.skip)(
    'spares a sender with Nagle’s algorithm the pause of a delayed acknowledgement',
    async () => {
      // Without it the pause is 40 ms, whatever the machine: the kernel's least.
      expect(await medianWait(() => undefined)).toBeGreaterThan(35);
      expect(await medianWait(acknowledgeAtOnce)).toBeLessThan(20);
    },
  );

  it('leaves a closed connection alone', async () => {
    const socket = new Socket();
    socket.destroy();
    await once(socket, 'close');
    expect(() => acknowledgeAtOnce(socket)).not.toThrow();
  });
});
