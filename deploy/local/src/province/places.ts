import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Obstacle } from '../obstacle.js';

/** The checkout. This file runs as deploy/local/dist/province/places.js. */
const ROOT = new URL('../../../../', import.meta.url);

/** The built program of a service. */
export function scriptOf(service: string): string {
  const path = fileURLToPath(new URL(`services/${service}/dist/main.js`, ROOT));
  if (!existsSync(path))
    throw new Obstacle(`${service} is not built (there is no ${path}): start with npm start, which builds it.`);
  return path;
}

/** The OHIF viewer's built files, which bootstrap fetches. */
export const viewerFolder = () => fileURLToPath(new URL('node_modules/.cache/yinglian/ohif-3.13.2/', ROOT));
