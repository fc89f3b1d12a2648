import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './object-store.errors.js';

/** Of whom an unfinished object is, and which: both in small or capital letters, digits and -. */
export interface UnfinishedName {
  readonly owner: string;
  readonly name: string;
}

export interface UnfinishedLimits {
  /** What one owner's unfinished objects take at most; the oldest goes first. */
  readonly bytesPerOwner: number;
  readonly oldestMs: number;
}

interface Lying {
  readonly path: string;
  readonly bytes: number;
  readonly changedMs: number;
}

/** What came of objects whose connections broke, to go on from. Nothing is synced: a digest over the whole tells what is good. */
export class UnfinishedObjects {
  constructor(
    private readonly folder: string,
    private readonly limits: UnfinishedLimits,
  ) {}

  async sizeOf(unfinished: UnfinishedName): Promise<number> {
    return (await lying(this.pathOf(unfinished)))?.bytes ?? 0;
  }

  /** Lays a file by. An older one of the same name goes. */
  async layBy(path: string, unfinished: UnfinishedName): Promise<void> {
    await mkdir(join(this.folder, unfinished.owner), { recursive: true });
    await rename(path, this.pathOf(unfinished));
    await this.sweepOwner(unfinished.owner, Date.now());
  }

  /** Moves the file to a path, for one taker only. False when it is not there. */
  async take(unfinished: UnfinishedName, path: string): Promise<boolean> {
    try {
      await rename(this.pathOf(unfinished), path);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async sweep(nowMs: number): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const owner of await readdir(this.folder)) await this.sweepOwner(owner, nowMs);
  }

  private async sweepOwner(owner: string, nowMs: number): Promise<void> {
    const names = await readdir(join(this.folder, owner));
    const all = await Promise.all(names.map((name) => lying(join(this.folder, owner, name))));
    let bytes = 0;
    for (const each of all.filter((one) => one !== undefined).sort((one, other) => other.changedMs - one.changedMs)) {
      bytes += each.bytes;
      if (bytes > this.limits.bytesPerOwner || nowMs - each.changedMs > this.limits.oldestMs) {
        await rm(each.path, { force: true });
      }
    }
  }

  private pathOf({ owner, name }: UnfinishedName): string {
    for (const part of [owner, name]) {
      if (!/^[A-Za-z0-9-]+$/.test(part)) throw new Error('An unfinished object’s name has letters, digits and -');
    }
    return join(this.folder, owner, name);
  }
}

async function lying(path: string): Promise<Lying | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, bytes: size, changedMs: mtimeMs };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
