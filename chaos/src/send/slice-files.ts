import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type CtSlice, fileOf } from '@yinglian/testing';

/** Writes slices as files that are named by their SOP Instance UID into a folder below, for as long as they are used. */
export async function withSliceFiles(
  below: string,
  slices: readonly CtSlice[],
  use: (paths: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(below, 'slices-'));
  try {
    const paths = slices.map(({ sopInstanceUid }) => join(folder, sopInstanceUid));
    for (const [index, slice] of slices.entries()) await writeFile(paths[index] ?? '', fileOf(slice));
    await use(paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const uidOfFile = (path: string) => basename(path);
