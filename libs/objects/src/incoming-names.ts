import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './object-store.errors.js';
import type { UnfinishedName, UnfinishedObjects } from './unfinished-objects.js';
import { stateOf, thisProcess } from './writing-process.js';

const SEPARATOR = '.';
const WRITER = '@';
/** A file that a process elsewhere writes changes more often than this. */
const WRITTEN_WITHIN_MS = 15 * 60_000;

/** The name of a file on its way in, from which its object, and who writes it, can be told after a crash. */
export const incomingName = (unique: string, unfinished?: UnfinishedName): string => {
  const written = `${unique}${WRITER}${thisProcess()}`;
  return unfinished === undefined ? written : [written, unfinished.owner, unfinished.name].join(SEPARATOR);
};

/** Removes what was on its way in to processes that have ended, or lays it by as far as its object is known. */
export async function clearIncoming(folder: string, unfinished: UnfinishedObjects, nowMs: number): Promise<void> {
  for (const file of await readdir(folder)) {
    const path = join(folder, file);
    if (await isWritten(path, file, nowMs)) continue;
    const [, owner, name] = file.split(SEPARATOR);
    if (owner === undefined || name === undefined) await rm(path, { recursive: true, force: true });
    else await unfinished.layBy(path, { owner, name }).catch(unlessMissing);
  }
}

async function isWritten(path: string, file: string, nowMs: number): Promise<boolean> {
  const [, writer] = (file.split(SEPARATOR)[0] ?? '').split(WRITER);
  const state = writer === undefined ? 'ended' : stateOf(writer);
  if (state !== 'elsewhere') return state === 'running';
  const changed = await stat(path).catch(unlessMissing);
  return changed === undefined || nowMs - changed.mtimeMs < WRITTEN_WITHIN_MS;
}

/** Another process that begins may have been first. */
function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
