import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { VIEWER_APP, viewerAppFolder } from './viewer-app.mjs';

/** Something that the person at the keyboard can put right. */
class Obstacle extends Error {}

const runFile = promisify(execFile);

try {
  await fetchViewer(viewerAppFolder());
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Fetches, checks and unpacks the viewer beside its place and moves it there whole: half a viewer is never seen. */
async function fetchViewer(folder) {
  if (existsSync(join(folder, 'index.html'))) return;
  process.stderr.write(`Fetching the OHIF viewer ${VIEWER_APP.version} (50 MB, once) …\n`);
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(join(dirname(folder), 'fetching-'));
  try {
    const tarball = await pack(work);
    await checkIntegrity(tarball);
    await unpack(tarball, work);
    await rm(folder, { recursive: true, force: true });
    await rename(join(work, 'package', 'dist'), folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** npm takes it from its own cache, from the configured registry or through the configured proxy. */
async function pack(work) {
  const wanted = `${VIEWER_APP.name}@${VIEWER_APP.version}`;
  try {
    const { stdout } = await runFile(
      'npm',
      ['pack', wanted, '--json', '--prefer-offline', '--pack-destination', work],
      {
        cwd: work,
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const [packed] = JSON.parse(stdout);
    return join(work, packed.filename.replace('@', '').replace('/', '-'));
  } catch (error) {
    const why = /npm error (.*)/.exec(error.stderr ?? '')?.[1] ?? error.message;
    throw new Obstacle(
      `The viewer ${wanted} could not be fetched from the npm registry (${why}). ` +
        'Check the network and the npm registry settings, then run the same command again.',
    );
  }
}

async function checkIntegrity(tarball) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` === VIEWER_APP.integrity) return;
  throw new Obstacle(
    `The viewer that the npm registry gave is not the one that is pinned in ${fileURLToPath(new URL('viewer-app.mjs', import.meta.url))}: it is not used.`,
  );
}

async function unpack(tarball, work) {
  const tar = spawn('tar', ['-xzf', tarball, '-C', work, '--exclude=*.map', 'package/dist'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((ended, failed) => tar.once('error', failed).once('exit', ended));
  if (code !== 0) throw new Obstacle(`The viewer could not be unpacked (tar ended with ${code}): is the disk full?`);
}
