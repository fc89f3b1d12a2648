import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDurableFolder, syncFolder } from './durable-folder.js';
import { SharedSync } from './shared-sync.js';

const MOST_FILES = 16;
const MOST_BYTES = 512 * 1024 * 1024;

interface SpareFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Files that segments needed no more, to be written over: blocks that a file has already cost half as much to write and to sync
 * as new ones. What is in them is nobody's: they are given out when it is durable that they are here, so that whoever writes over
 * one destroys no segment of a process that a crash ends.
 */
export class SpareFiles {
  /** The largest last. */
  private files: SpareFile[] = [];
  private bytes = 0;
  private isWanted = true;
  private readonly names: SharedSync;

  constructor(private readonly folder: string) {
    this.names = new SharedSync(() => syncFolder(folder));
  }

  /** Takes over what a process before this one left. */
  async open(): Promise<void> {
    await makeDurableFolder(this.folder);
    await this.names.done();
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      this.add({ path, bytes: (await stat(path)).size });
    }
    await this.removeTooMany();
  }

  /** Keeps a file that nobody reads or writes, or removes it. A file that cannot be removed stays where it is. */
  async keep(from: string, bytes: number): Promise<void> {
    if (!this.isWanted || bytes === 0 || bytes > MOST_BYTES) return remove(from);
    const path = join(this.folder, randomUUID());
    try {
      await rename(from, path);
      await this.names.done();
    } catch {
      await remove(from);
      return remove(path);
    }
    this.add({ path, bytes });
    await this.removeTooMany();
  }

  /** Moves the largest to `path`, if there is one; the caller makes its name durable. Resolves whether there was one. */
  async moveTo(path: string): Promise<boolean> {
    const spare = this.files.pop();
    if (spare === undefined) return false;
    this.bytes -= spare.bytes;
    await rename(spare.path, path);
    return true;
  }

  /** Gives all of it back to a disk that has little room, and keeps none until it has more. */
  async spareTheDisk(hasLittleRoom: boolean): Promise<void> {
    this.isWanted = !hasLittleRoom;
    await this.removeTooMany();
  }

  private add(file: SpareFile): void {
    this.bytes += file.bytes;
    this.files.push(file);
    this.files.sort((one, other) => one.bytes - other.bytes);
  }

  private async removeTooMany(): Promise<void> {
    const isTooMuch = () => !this.isWanted || this.files.length > MOST_FILES || this.bytes > MOST_BYTES;
    while (this.files.length > 0 && isTooMuch()) {
      const smallest = this.files.shift();
      this.bytes -= smallest?.bytes ?? 0;
      if (smallest !== undefined) await remove(smallest.path);
    }
  }
}

const remove = (path: string) => rm(path, { force: true }).catch(() => undefined);
