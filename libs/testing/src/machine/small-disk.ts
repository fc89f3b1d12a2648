import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Leaves not one free byte: the file system becomes as small as what is in it. */
  fill(): void;
  /** Gives it its size back. */
  free(): void;
  /** Takes it away with all that is on it. */
  remove(): void;
}

const REMOUNTS = 50;

/** A real file system (tmpfs) of a few MiB, in a folder of its own or in a given one; undefined for whoever may not mount one. */
export function smallDisk(sizeMib: number, place?: string): SmallDisk | undefined {
  const folder = place ?? mkdtempSync(join(tmpdir(), 'yinglian-small-disk-'));
  const mount = (options: string) =>
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  try {
    mount(`size=${sizeMib}m`);
  } catch {
    if (place === undefined) rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    folder,
    fill: () => {
      for (let attempt = 1; ; attempt += 1) {
        const { blocks, bfree, bsize } = statfsSync(folder);
        try {
          // Never 0, which is no limit.
          return void mount(`remount,size=${Math.max(blocks - bfree, 1) * bsize}`);
        } catch (error) {
          // Somebody has written meanwhile.
          if (attempt === REMOUNTS) throw error;
        }
      }
    },
    free: () => void mount(`remount,size=${sizeMib}m`),
    remove: () => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
