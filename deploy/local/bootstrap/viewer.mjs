import { Obstacle, run } from './processes.mjs';

/** Puts the built OHIF viewer in place; does nothing when it is there. */
export async function fetchViewer() {
  const code = await run('node', ['deploy/viewer/fetch-ohif.mjs']);
  if (code !== 0)
    throw new Obstacle('The viewer could not be fetched: check the network, then run the same command again.');
}
