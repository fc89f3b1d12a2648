import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FaultyLine } from './faulty-line.js';

describe('a faulty line', () => {
  /** Gives back what it is sent. */
  let echo: Server;
  let line: FaultyLine;
  const opened: Socket[] = [];

  beforeAll(async () => {
    echo = createServer({ allowHalfOpen: true }, (socket) => socket.on('error', () => {}).pipe(socket));
    await once(echo.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => new Promise((closed) => echo.close(closed)));
  beforeEach(async () => {
    line = await FaultyLine.to(echoPort());
  });
  afterEach(async () => {
    for (const socket of opened) socket.destroy();
    await line.stop();
  });

  const echoPort = () => {
    const address = echo.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  const dial = async (port = line.port) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    opened.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const answer = async (socket: Socket, bytes: Buffer) => {
    socket.end(bytes);
    return buffer(socket);
  };
  const large = Buffer.alloc(3_000_000, 'yinglian');

  it('carries everything both ways to the end', async () => {
    expect((await answer(await dial(), large)).equals(large)).toBe(true);
  });

  it('resets what is open when it is cut, and what is opened, until it is whole again', async () => {
    const before = await dial();
    before.write('a');
    await once(before, 'data');
    line.become({ kind: 'cut' });
    await expect(once(before, 'data')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(dial().then((socket) => answer(socket, large))).rejects.toThrow();
    line.become(undefined);
    expect((await answer(await dial(), large)).equals(large)).toBe(true);
  });

  it('breaks a connection in the middle', async () => {
    line.become({ kind: 'breaking', afterBytes: 1_000_000 });
    const socket = await dial();
    let received = 0;
    socket.on('data', (bytes) => {
      received += bytes.length;
    });
    socket.write(large);
    await expect(once(socket, 'end')).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) });
    expect(received).toBeLessThanOrEqual(1_000_000);
  });

  it('holds what is sent into a black hole, and passes it on afterwards', async () => {
    line.become({ kind: 'black hole' });
    const socket = await dial();
    let isAnswered = false;
    const answered = answer(socket, large).then((bytes) => {
      isAnswered = true;
      return bytes;
    });
    // Meanwhile others are answered who do not use the line.
    expect((await answer(await dial(echoPort()), large)).equals(large)).toBe(true);
    expect(isAnswered).toBe(false);
    line.become(undefined);
    expect((await answered).equals(large)).toBe(true);
  });

  it('lets bytes through no faster than it is told', async () => {
    line.become({ kind: 'slow', latencyMs: 1, bytesPerSecond: 10_000_000 });
    const startedAt = performance.now();
    expect((await answer(await dial(), large)).equals(large)).toBe(true);
    expect(performance.now() - startedAt).toBeGreaterThan(290);
  });
});
