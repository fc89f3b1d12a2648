import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '../figure.js';
import { secondsOf } from '../statistics.js';

async function fdatasyncsPerSecond(): Promise<number> {
  const path = join(tmpdir(), `yinglian-fdatasync-${process.pid}`);
  const file = await open(path, 'w');
  const block = Buffer.alloc(4096, 1);
  const times = 500;
  const seconds = await secondsOf(async () => {
    for (let index = 0; index < times; index += 1) {
      await file.write(block);
      await file.datasync();
    }
  });
  await file.close();
  await rm(path);
  return times / seconds;
}

async function hashMegabytesPerSecond(): Promise<number> {
  const block = Buffer.alloc(64 * 1024 * 1024, 7);
  const seconds = await secondsOf(async () => createHash('sha256').update(block).digest());
  return block.length / 1e6 / seconds;
}

async function loopbackMegabytesPerSecond(): Promise<number> {
  const total = 512 * 1024 * 1024;
  const block = Buffer.alloc(1024 * 1024);
  const server = createServer((socket) => {
    let left = total / block.length;
    const write = () => {
      while (left > 0) {
        left -= 1;
        if (!socket.write(block)) return socket.once('drain', write);
      }
      return socket.end();
    };
    write();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  const seconds = await secondsOf(async () => {
    const socket = connect(address.port, '127.0.0.1');
    socket.resume();
    await once(socket, 'end');
  });
  server.close();
  return total / 1e6 / seconds;
}

const figure = (name: string, unit: string, measure: () => Promise<number>): Figure => ({
  name,
  unit,
  standsAlone: true,
  measure: async () => ({ ours: await measure() }),
});

/** What this machine gives today; goals given as times are read beside these. */
export const machineFigures: readonly Figure[] = [
  figure('machine.fdatasync-4k', '1/s', fdatasyncsPerSecond),
  figure('machine.sha256', 'MB/s', hashMegabytesPerSecond),
  figure('machine.loopback', 'MB/s', loopbackMegabytesPerSecond),
];
