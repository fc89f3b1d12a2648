import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Obstacle } from '../obstacle.js';

/** The checkout. This file runs as deploy/local/dist/province/places.js. */
const ROOT = new URL('../../../../', import.meta.url);

/** A built program of a service: what it runs as, or another one. */
export function scriptOf(service: string, program = 'main.js'): string {
  const path = fileURLToPath(new URL(`services/${service}/dist/${program}`, ROOT));
  if (!existsSync(path))
    throw new Obstacle(`${service} is not built (there is no ${path}): start with npm start, which builds it.`);
  return path;
}

/** The OHIF viewer's built files, which bootstrap fetches. */
export const viewerFolder = () => fileURLToPath(new URL('node_modules/.cache/yinglian/ohif-3.13.2/', ROOT));
