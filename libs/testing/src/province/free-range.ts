import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const FIRST = 14_000;
const LAST = 19_000;

/** The first of `count` free ports in a row, below those that the launcher and the system choose from. */
export async function freeRange(count: number): Promise<number> {
  for (;;) {
    const first = randomInt(FIRST, LAST);
    const free = await Promise.all(Array.from({ length: count }, (_, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
