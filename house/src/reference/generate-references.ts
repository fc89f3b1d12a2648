import { mkdirSync, writeFileSync } from 'node:fs';
import { references } from './references.js';

const root = new URL('../../../', import.meta.url);
const folder = new URL('docs/reference/', root);

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(await references(root, true))) {
  writeFileSync(new URL(name, folder), text);
  console.log(`docs/reference/${name}`);
}
