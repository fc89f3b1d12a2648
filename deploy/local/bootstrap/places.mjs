import { fileURLToPath } from 'node:url';

/** The checkout, as a URL that ends with a slash. */
export const ROOT = new URL('../../../', import.meta.url);
export const ROOT_PATH = fileURLToPath(ROOT);
export const LAUNCHER = 'deploy/local/dist/main.js';
