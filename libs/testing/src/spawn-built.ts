import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What Node compiled of modules, for the next process of a spec. */
export const COMPILE_CACHE = join(tmpdir(), 'yinglian-test-compile-cache');

/**
 * Runs what `npm test` has built of a source file as a process of its own, which a test may kill, and whose output it may
 * read. It is ready with two thirds of the processor's time that the source itself would take.
 */
export function spawnBuilt(
  source: URL,
  environment: Record<string, string>,
  output: 'inherit' | 'pipe' = 'inherit',
  args: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, [builtOf(source), ...args], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment },
    stdio: ['ignore', output, output],
  });
}

const builtOf = (source: URL) =>
  fileURLToPath(source).replace(/\/src\/(.*)\.ts$/, (_, name: string) => `/dist/${name}.js`);
