import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What Node compiled of modules, for the next process of a spec. */
export const COMPILE_CACHE = join(tmpdir(), 'yinglian-test-compile-cache');

const hooks = new URL('./typescript-hooks.mjs', import.meta.url);

/** Runs a TypeScript source file as a process of its own, which a test may kill, and whose output it may read. */
export function spawnSource(
  file: URL,
  environment: Record<string, string>,
  output: 'inherit' | 'pipe' = 'inherit',
  args: readonly string[] = [],
): ChildProcess {
  return spawn(
    process.execPath,
    ['--import', hooks.href, '--conditions=@yinglian/source', fileURLToPath(file), ...args],
    {
      env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment },
      stdio: ['ignore', output, output],
    },
  );
}
