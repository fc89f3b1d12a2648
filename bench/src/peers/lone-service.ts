import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '@yinglian/servers';

/** As the launcher starts services (ADR 0014). */
const OPTIONS = ['--external-memory-accounted-in-global-limit', '--heap-growing-percent=200'];
const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  'study-registry': ['--max-semi-space-size=16', '--heap-growing-percent=100'],
};

/** Starts one service as it was built, with nothing around it but what its settings name, and ends it. */
export async function whileServiceRuns<T>(
  service: string,
  settings: Readonly<Record<string, string>>,
  use: (address: string) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const child = await start(service, { PORT: String(port), ...settings });
  const ended = once(child, 'exit');
  const broken = ended.then(() => Promise.reject(new Error(`${service} ended while it was asked`)));
  try {
    return await Promise.race([use(`http://127.0.0.1:${port}`), broken]);
  } finally {
    broken.catch(() => {});
    child.kill('SIGTERM');
    await ended;
  }
}

async function start(service: string, settings: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const main = fileURLToPath(new URL(`../../../services/${service}/dist/main.js`, import.meta.url));
  const child = spawn(process.execPath, [...OPTIONS, ...(OPTIONS_OF[service] ?? []), main], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, LOG_LEVEL: 'error', EVENTS: 'postgres', ...settings },
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${service} ended while starting`)));
  await Promise.race([once(child, 'message'), ended]);
  return child;
}

export const urlFor = (url: string, role: string): string => url.replace(/postgres:\/\/.*@/, `postgres://${role}:x@`);
