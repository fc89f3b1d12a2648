import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@yinglian/persistence';

const LOOK_AGAIN_MS = 500;

/**
 * While patients come, and until it was asked about all of them who may be the same person: when somebody was last seen to wait for it,
 * by performance.now(); 0 when nobody was.
 */
export async function lastNewcomerAt(index: Database, coming: Promise<unknown>): Promise<number> {
  let [hasEnded, isAnybodyThere, lastAt] = [false, true, 0];
  const end = () => {
    hasEnded = true;
  };
  coming.then(end, end);
  while (!hasEnded || isAnybodyThere) {
    await sleep(LOOK_AGAIN_MS);
    isAnybodyThere = (await index.query('SELECT FROM newcomers LIMIT 1')).length > 0;
    if (isAnybodyThere) lastAt = performance.now();
  }
  return lastAt;
}
