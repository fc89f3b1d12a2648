import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_PATH } from './places.mjs';
import { Obstacle, runQuietly, say } from './processes.mjs';

/** Installs exactly what the lockfile says, when something else or nothing is installed. */
export async function installPackages() {
  if (isInstalled()) return;
  const startedAt = Date.now();
  const progress = showProgress('Installing packages from the lockfile (the first time this takes about a minute)');
  try {
    // loglevel: npm 10 warns for each package that names a newer Node; Node 24 is one of the packages.
    await runQuietly(
      'npm',
      ['ci', '--loglevel=error', '--no-audit', '--no-fund'],
      'The packages could not be installed. Check the network and the npm registry settings, then run the same command again.',
      (output) => output.split('\n').slice(0, TELLING_LINES).join('\n'),
    );
  } finally {
    progress.stop();
  }
  if (!existsSync(join(ROOT_PATH, 'node_modules', '.bin', 'node'))) {
    throw new Obstacle(
      'npm installed everything but Node 24: allow install scripts (npm config get ignore-scripts) and run npm ci.',
    );
  }
  say(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

/** npm records what it installed beside the packages, last of all: an interrupted installation does not count. */
function isInstalled() {
  const record = join(ROOT_PATH, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = readPackages(join(ROOT_PATH, 'package-lock.json'));
  const present = readPackages(record);
  return Object.entries(wanted).every(([path, { version, integrity, link, optional, devOptional, peer }]) => {
    if (!path.includes('node_modules/') || link) return true;
    const found = present[path];
    if (found === undefined) return Boolean(optional || devOptional || peer);
    return found.version === version && found.integrity === integrity;
  });
}

const readPackages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages ?? {};

/** npm says first what is wrong, then prints its manual. */
const TELLING_LINES = 8;
const DOT_EVERY_MS = 3_000;

/** One line that grows by a dot now and then, on a terminal and in a log alike. */
function showProgress(text) {
  process.stderr.write(`${text} `);
  const timer = setInterval(() => process.stderr.write('.'), DOT_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      process.stderr.write('\n');
    },
  };
}
