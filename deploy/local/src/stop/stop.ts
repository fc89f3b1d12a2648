import { lockHolder } from '../home/lock.js';
import { isRunning } from '../home/process-identity.js';
import { Obstacle } from '../obstacle.js';
import type { Settings } from '../settings.js';

const TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/** Asks the launcher of the home to stop everything, and waits until it has. */
export async function stop({ YINGLIAN_HOME: home }: Settings): Promise<void> {
  const launcher = lockHolder(home);
  if (launcher === undefined) {
    console.log(`Nothing runs on ${home}.`);
    return;
  }
  process.kill(launcher.pid, 'SIGTERM');
  const deadline = Date.now() + TIMEOUT_MS;
  while (isRunning(launcher)) {
    if (Date.now() > deadline) throw new Obstacle(`Process ${launcher.pid} does not stop: see ${home}/logs.`);
    await new Promise((wait) => setTimeout(wait, POLL_MS));
  }
  console.log('Everything is stopped.');
}
