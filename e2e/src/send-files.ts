import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type CtSeries, fileOf } from '@yinglian/testing';

const run = promisify(execFile);

export interface DicomTarget {
  readonly dicomPort: number;
  readonly aeTitle: string;
}

/** Sends files with DCMTK's storescu, each in its own transfer syntax; throws when one was not stored. */
export async function storescu(
  target: DicomTarget,
  files: readonly string[],
  options: readonly string[] = [],
): Promise<void> {
  await run('storescu', [...options, '-aec', target.aeTitle, '127.0.0.1', String(target.dicomPort), ...files], {
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** The series as files in a folder of its own. */
export async function filesOf(series: CtSeries): Promise<{ paths: string[]; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-e2e-'));
  const paths: string[] = [];
  for (const [index, slice] of series.slices.entries()) {
    const path = join(folder, `${String(index).padStart(4, '0')}.dcm`);
    await writeFile(path, fileOf(slice));
    paths.push(path);
  }
  return { paths, remove: () => rm(folder, { recursive: true }) };
}

/** Writes the series to files, sends them with storescu and removes them. */
export async function sendSeries(target: DicomTarget, series: CtSeries): Promise<void> {
  const files = await filesOf(series);
  try {
    await storescu(target, files.paths);
  } finally {
    await files.remove();
  }
}
