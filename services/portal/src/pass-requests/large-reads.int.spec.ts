import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LargeReadsAgent, readLarge } from './large-reads.js';

const BYTES = 12 * 1024 * 1024;

/** Bytes that tell where they belong. */
const counted = Buffer.alloc(BYTES);
for (let at = 0; at < BYTES; at += 4) counted.writeUInt32LE(at, at);

describe('an answer that is read in large pieces', () => {
  let server: Server;
  const agent = new LargeReadsAgent({ keepAlive: true, maxSockets: 1 });
  const connections = new Set<unknown>();
  beforeAll(async () => {
    server = createServer((_, response) => {
      connections.add(response.socket);
      response.writeHead(200, { 'content-length': BYTES });
      response.end(counted);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    agent.destroy();
    server.close();
  });

  const answer = async () => {
    const { port } = server.address() as AddressInfo;
    const [response] = await once(request({ agent, host: '127.0.0.1', port }).end(), 'response');
    return response as IncomingMessage;
  };
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  it('gives pieces that stay as they are until they are taken, no more meanwhile, and keeps its connection', async () => {
    for (let round = 0; round < 2; round += 1) {
      const hash = createHash('sha256');
      const response = await answer();
      let held = 0;
      const faults: string[] = [];
      readLarge(response, async (bytes, taken) => {
        held += 1;
        // Beside a piece there may be what came with the head.
        if (held > 2) faults.push(`${held} pieces are held`);
        hash.update(bytes);
        const before = digest(bytes);
        await pause(5);
        if (digest(bytes) !== before) faults.push('a piece changed before it was taken');
        held -= 1;
        taken();
      });
      await once(response, 'end');
      expect([faults, hash.digest('hex')]).toEqual([[], digest(counted)]);
    }
    expect(connections.size).toBe(1);
  });

  it('gives nothing more once the connection is broken', async () => {
    const response = await answer();
    let given = 0;
    readLarge(response, (bytes, taken) => {
      given += bytes.length;
      response.destroy();
      setTimeout(taken, 5);
    });
    await once(response, 'close');
    await pause(30);
    expect(given).toBeLessThan(BYTES / 2);
  });
});
