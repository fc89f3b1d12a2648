import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type CtSeries, fileOf } from '@yinglian/testing';
import type { DicomAddress } from '../figure.js';

const run = promisify(execFile);

/** Writes the series as files, split over as many folders as there will be clients. */
export async function writeFiles(
  series: CtSeries,
  folders: number,
): Promise<{ folders: string[]; remove(): Promise<void> }> {
  const root = join(tmpdir(), `yinglian-bench-${series.studyInstanceUid}`);
  const paths = Array.from({ length: folders }, (_, index) => join(root, String(index)));
  for (const path of paths) await mkdir(path, { recursive: true });
  for (const [index, slice] of series.slices.entries()) {
    await writeFile(join(root, String(index % folders), `${slice.sopInstanceUid}.dcm`), fileOf(slice));
  }
  return { folders: paths, remove: () => rm(root, { recursive: true }) };
}

/** DCMTK's storescu as it comes, one process and association per folder. */
export async function sendWithStorescu(address: DicomAddress, folders: readonly string[]): Promise<void> {
  await Promise.all(
    folders.map(async (folder) => {
      const files = (await readdir(folder)).map((name) => join(folder, name));
      await run('storescu', [
        '-aet',
        'STORESCU',
        '-aec',
        address.calledAeTitle,
        address.host,
        String(address.port),
        ...files,
      ]);
    }),
  );
}
