import { statfs } from 'node:fs/promises';
import { Obstacle } from '../obstacle.js';

const MIB = 1024 * 1024;

/** Throws when the disk that holds the folder has less than `minimumBytes` left. */
export async function requireDiskSpace(folder: string, minimumBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= minimumBytes) return;
  throw new Obstacle(
    `The disk of ${folder} is full: ${inMib(freeBytes)} MiB are free, ${inMib(minimumBytes)} MiB are needed. Free some space, or set YINGLIAN_HOME to a folder on another disk.`,
  );
}

const inMib = (bytes: number) => Math.floor(bytes / MIB);
