import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections (net.ipv4.ip_local_port_range starts at 32768): a server
 * that was killed finds its port free when it starts again, however many clients try to reach it meanwhile.
 */
const FIRST = 20_000;
const LAST = 32_000;
const ATTEMPTS = 1_000;

/** Different ports on the loopback address that nobody listens on at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let attempt = 0; ports.size < count; attempt += 1) {
    if (attempt === ATTEMPTS + count) throw new Error(`No port between ${FIRST} and ${LAST} is free`);
    const port = randomInt(FIRST, LAST);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

export async function freePort(): Promise<number> {
  const [port = Number.NaN] = await freePorts(1);
  return port;
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
