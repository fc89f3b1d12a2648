import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { references } from './references.js';

const root = new URL('../../../', import.meta.url);

it('docs/reference says what the code says (npm run docs writes it again)', async () => {
  const generated = await references(root, false);
  const written = Object.fromEntries(
    Object.keys(generated).map((name) => [name, readFileSync(new URL(`docs/reference/${name}`, root), 'utf8')]),
  );
  expect(written).toEqual(generated);
});
