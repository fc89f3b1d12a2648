import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LAUNCHER, ROOT_PATH } from './places.mjs';
import { runQuietly, say } from './processes.mjs';

export const isBuilt = () => existsSync(join(ROOT_PATH, LAUNCHER));

/** Builds every package; Nx skips what has not changed. */
export async function build() {
  if (!isBuilt()) say('Building (the first time this takes some seconds) …');
  const nx = join(ROOT_PATH, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  await runQuietly('node', [nx, 'run-many', '-t', 'build'], 'The build failed; the lines above say where.');
}
