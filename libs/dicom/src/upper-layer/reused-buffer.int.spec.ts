import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readIntoOneBuffer } from './reused-buffer.js';

describe('a connection that is read into one buffer', () => {
  const server = createServer({ pauseOnConnect: true });
  let client: Socket;
  let socket: Socket;
  beforeEach(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    client = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
    const [accepted] = await once(server, 'connection');
    socket = readIntoOneBuffer(accepted);
  });
  afterEach(async () => {
    client.destroy();
    await new Promise((closed) => server.close(closed));
  });

  it('hands over all bytes in their order, always in the same memory', async () => {
    const sent = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => at % 251));
    const received: Buffer[] = [];
    const memory = new Set<ArrayBufferLike>();
    socket.on('data', (chunk: Buffer) => {
      received.push(Buffer.from(chunk));
      memory.add(chunk.buffer);
    });
    client.end(sent);
    await once(socket, 'end');
    expect(Buffer.concat(received).equals(sent)).toBe(true);
    expect(memory.size).toBe(1);
  });

  it('leaves the bytes as they are while it is paused', async () => {
    client.write('first');
    const [first] = await new Promise<Buffer[]>((seen) =>
      socket.once('data', (chunk: Buffer) => {
        socket.pause();
        seen([chunk]);
      }),
    );
    await new Promise((written) => client.write('later', written));
    await new Promise((waited) => setTimeout(waited, 50));
    expect(first?.toString()).toBe('first');
    const later = once(socket, 'data');
    socket.resume();
    expect(String((await later)[0])).toBe('later');
  });

  it('writes, ends, and counts among its server’s connections until it has closed', async () => {
    const connections = () => new Promise((counted) => server.getConnections((_, count) => counted(count)));
    expect(await connections()).toBe(1);
    socket.resume();
    socket.end('bye');
    expect(String((await once(client, 'data'))[0])).toBe('bye');
    client.end();
    await once(socket, 'close');
    await new Promise(setImmediate);
    expect(await connections()).toBe(0);
  });
});
