#!/usr/bin/env node
// Runs on Node 20 with nothing installed: puts packages, Node 24 and the build in place, then hands the command on.
import { existsSync } from 'node:fs';
import { build, isBuilt } from './bootstrap/build.mjs';
import { installPackages } from './bootstrap/install.mjs';
import { LAUNCHER, ROOT } from './bootstrap/places.mjs';
import { exclusively, Obstacle, run, runInstead } from './bootstrap/processes.mjs';
import { fetchViewer } from './bootstrap/viewer.mjs';

/** These work on what is built already, so they answer at once. */
const USES_WHAT_IS_BUILT = new Set(['stop', 'status', 'token', 'gateway-password']);
const [command = '--help', ...rest] = process.argv.slice(2);

try {
  requireNode20();
  await exclusively(async () => {
    await installPackages();
    if (USES_WHAT_IS_BUILT.has(command) && isBuilt()) return;
    await build();
    if (['start', 'test', 'bench', 'chaos'].includes(command)) await fetchViewer();
  });
  await hand(command, rest);
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

function requireNode20() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    throw new Obstacle(`Node 20 or newer is needed, this is ${process.versions.node}: install a newer one.`);
}

async function hand(name, args) {
  if (name === 'test') return runInstead('deploy/local/bootstrap/test.mjs', args);
  if (name === 'bench') return runInstead(entry('bench/dist/bench.js', 'the benchmarks'), args);
  if (name === 'chaos') return runInstead(entry('chaos/dist/chaos.js', 'the chaos runs'), args);
  if (name === 'docs')
    return run('node', [entry('house/dist/reference/generate-references.js', 'the references'), ...args]);
  return runInstead(LAUNCHER, [name, ...args]);
}

function entry(path, what) {
  if (!existsSync(new URL(path, ROOT)))
    throw new Obstacle(`There is no ${path}: ${what} are not part of this checkout.`);
  return path;
}
