import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HOST } from '../province/addresses.js';
import type { Province } from '../province/province.js';
import type { Order } from './send-samples.js';

const AGAIN_AFTER_MS = 2_000;

/**
 * Fills a new sample province with studies, in a process of its own so that the launcher stays at hand. What was not
 * taken is sent again, as a scanner does; the same bytes twice are known to be the same.
 */
export async function sendSamplesOnce({ home, endpoints, homeSecret }: Province, signal: AbortSignal): Promise<void> {
  if (!home.sample) return;
  const order: Order = {
    host: HOST,
    hospitals: endpoints.hospitals,
    homeSecret,
    today: home.createdAt,
  };
  while (!home.samplesSent && !signal.aborted) {
    if (await send(order, signal)) home.markSamplesSent();
    else await pause(AGAIN_AFTER_MS, undefined, { signal }).catch(() => {});
  }
}

function send(order: Order, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const script = fileURLToPath(new URL('./send-samples.js', import.meta.url));
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
    const end = () => child.kill('SIGKILL');
    signal.addEventListener('abort', end, { once: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      resolve(code === 0);
    });
    child.send(order);
  });
}
