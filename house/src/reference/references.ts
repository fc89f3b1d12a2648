import { eventsReference } from '@yinglian/contracts';
import { configurationReference } from './configuration-reference.js';
import { errorsReference } from './errors-reference.js';
import { publicModules } from './public-modules.js';

const note = '<!-- Generated from the code by `npm run docs`; a test fails while it differs. -->';

/** Every generated page of docs/reference by file name. */
export async function references(root: URL, compiled: boolean): Promise<Readonly<Record<string, string>>> {
  const pages = {
    'configuration.md': configurationReference(await publicModules(root, 'config', compiled)),
    'errors.md': errorsReference(await publicModules(root, 'errors', compiled)),
    'events.md': eventsReference(),
  };
  return Object.fromEntries(Object.entries(pages).map(([name, text]) => [name, `${note}\n\n${text.trim()}\n`]));
}
