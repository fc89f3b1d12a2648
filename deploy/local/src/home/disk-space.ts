import { statfs } from 'node:fs/promises';
import { Obstacle } from '../obstacle.js';

const MIB = 1024 * 1024;

/** Less than this and servers fail in ways of their own. */
const AS_GOOD_AS_FULL_BYTES = 32 * MIB;

/** Throws when the disk that holds the folder has less than `minimumBytes` left. */
export async function requireDiskSpace(folder: string, minimumBytes: number): Promise<void> {
  const freeBytes = await freeBytesOf(folder);
  if (freeBytes < minimumBytes) throw diskIsFull(folder, freeBytes, minimumBytes);
}

/** What a failure comes from when the disk of the folder has filled meanwhile; else the failure itself. */
export async function orDiskIsFull(folder: string, error: unknown): Promise<unknown> {
  if (error instanceof Obstacle) return error;
  const freeBytes = await freeBytesOf(folder);
  return freeBytes < AS_GOOD_AS_FULL_BYTES ? diskIsFull(folder, freeBytes, AS_GOOD_AS_FULL_BYTES) : error;
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

const diskIsFull = (folder: string, freeBytes: number, neededBytes: number) =>
  new Obstacle(
    `The disk of ${folder} is full: ${inMib(freeBytes)} MiB are free, ${inMib(neededBytes)} MiB are needed. Free some space, or set YINGLIAN_HOME to a folder on another disk.`,
  );

const inMib = (bytes: number) => Math.floor(bytes / MIB);
