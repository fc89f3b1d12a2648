import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './object-store.errors.js';
import type { ListedObject } from './objects.js';

/** Folders of objects that have no key yet. */
const WITHOUT_KEYS = new Set(['incoming/', 'unfinished/', 'to-replica/']);

/** Objects by keys that begin with `prefix` and come after `after`, in the keys' order: one folder's names in memory at once. */
export async function* listFiles(
  folder: string,
  prefix: string,
  after: string,
  below = '',
): AsyncGenerator<ListedObject> {
  for (const name of await namesIn(join(folder, below))) {
    const key = below + name;
    if (WITHOUT_KEYS.has(key)) continue;
    if (name.endsWith('/')) {
      const mayHold = key.startsWith(prefix) || prefix.startsWith(key);
      const isBefore = after > key && !after.startsWith(key);
      if (mayHold && !isBefore) yield* listFiles(folder, prefix, after, key);
    } else if (key.startsWith(prefix) && key > after) {
      const size = await sizeOf(join(folder, key));
      if (size !== undefined) yield { key, sizeBytes: size };
    }
  }
}

/** Names of files, and of folders with a slash behind, which is what sorts them as whole keys are. Keys are ASCII. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Undefined when it has gone meanwhile. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
