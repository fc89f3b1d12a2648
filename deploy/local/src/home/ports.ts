import { createServer } from 'node:net';
import { Obstacle } from '../obstacle.js';

const HOST = '127.0.0.1';

/**
 * Internal ports are looked for here: below the range from which systems take ports of outgoing connections
 * (net.ipv4.ip_local_port_range starts at 32768), so that a part finds its port free when it is restarted.
 */
const FIRST_INTERNAL = 20_000;
const INTERNAL = 12_000;
const ATTEMPTS = 200;

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

/** Throws an error that names the port and the variable that moves it. */
export async function requireFree(port: number, what: string, variable: string): Promise<void> {
  if (port > 65_535) throw new Obstacle(`There is no port ${port} for ${what}: set ${variable} to a lower one.`);
  if (await isFree(port)) return;
  throw new Obstacle(
    `Port ${port}, needed for ${what}, is in use: stop what uses it, or set ${variable} to another port.`,
  );
}

/** The remembered port of each part while it is still free, else another. */
export async function internalPorts(
  parts: readonly string[],
  remembered: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const ports: Record<string, number> = { ...remembered };
  for (const part of parts) {
    const port = remembered[part];
    if (port === undefined || !(await isFree(port))) ports[part] = await anyFree(new Set(Object.values(ports)));
  }
  return ports;
}

async function anyFree(taken: ReadonlySet<number>): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = FIRST_INTERNAL + Math.floor(Math.random() * INTERNAL);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Obstacle(
    `No port between ${FIRST_INTERNAL} and ${FIRST_INTERNAL + INTERNAL} is free: stop some other servers.`,
  );
}
