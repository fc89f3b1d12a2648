import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 20;
/** So long that a busy machine is not taken for a broken program. */
const PATIENCE_MS = 45_000;

/** Asks until it is so; throws, with `last()`, when that takes too long. What throws when asked is not so yet. */
export async function until(isSo: () => Promise<boolean> | boolean, last = () => ''): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let cause: unknown; ; await pause(POLL_MS)) {
    try {
      if (await isSo()) return;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline)
      throw new Error(`It did not become so within ${PATIENCE_MS / 1000} s. ${last()}`, { cause });
  }
}
