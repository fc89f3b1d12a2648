import { linkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Obstacle } from '../obstacle.js';
import { readJson, writeJson } from './atomic-file.js';
import { identityOf, isRunning, ProcessIdentity } from './process-identity.js';
import { systemErrorCode } from './system-error.js';

const pathOf = (home: string) => join(home, 'launcher.lock');

/** Makes this process the one that runs the home, until `release`. Throws when another does. */
export function takeLock(home: string): { release(): void } {
  const mine = join(home, `launcher.lock.${process.pid}`);
  writeJson(mine, identityOf(process.pid));
  try {
    for (let attempt = 0; ; attempt++) {
      if (tryLink(mine, pathOf(home))) break;
      const holder = lockHolder(home);
      if (holder !== undefined || attempt > 0) {
        throw new Obstacle(
          `Yinglian already runs on ${home} (process ${holder?.pid ?? 'unknown'}): stop it with npm run yinglian -- stop, or set YINGLIAN_HOME and YINGLIAN_PORT for another one.`,
        );
      }
      rmSync(pathOf(home), { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return { release: () => rmSync(pathOf(home), { force: true }) };
}

/** The launcher that runs on the home now. */
export function lockHolder(home: string): ProcessIdentity | undefined {
  const held = ProcessIdentity.safeParse(readJson(pathOf(home)));
  return held.success && isRunning(held.data) ? held.data : undefined;
}

/** link(2) is atomic and never replaces: one of two launchers gets the name. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
