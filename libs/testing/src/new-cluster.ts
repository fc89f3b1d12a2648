import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type PostgresOptions, prepareCluster } from '@yinglian/servers';

const run = promisify(execFile);

/**
 * Makes the cluster of a test. Within one run of all tests only the first is made by initdb, which takes a second and
 * a half of the processor; the others are copies of it.
 */
export async function newCluster(options: PostgresOptions): Promise<void> {
  const folder = process.env.YINGLIAN_TEST_FOLDER;
  if (folder === undefined) return;
  const template = join(folder, 'cluster');
  if (!existsSync(template)) await makeTemplate(template, options);
  await run('cp', ['-a', template, options.dataFolder]);
}

/** Several workers may be first at once; one of them is, and the others copy that. */
async function makeTemplate(template: string, options: PostgresOptions): Promise<void> {
  await mkdir(join(template, '..'), { recursive: true });
  const dataFolder = `${template}-${randomBytes(6).toString('hex')}`;
  await prepareCluster({ ...options, dataFolder });
  await rename(dataFolder, template).catch(() => rm(dataFolder, { recursive: true }));
}
