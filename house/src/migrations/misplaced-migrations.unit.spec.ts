import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { misplacedMigrations } from './misplaced-migrations.js';

const root = new URL('../../../', import.meta.url);
/** The gateway's ledger is SQLite: its runner takes names as they are. */
const OTHER_RUNNER = 'gateway';
const folders = ['libs/', 'services/'].flatMap((area) =>
  readdirSync(new URL(area, root), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() &&
        entry.name !== OTHER_RUNNER &&
        existsSync(new URL(`${area}${entry.name}/migrations`, root)),
    )
    .map(({ name }) => new URL(`${area}${name}/migrations`, root)),
);

it('migrations are run in the order in which they are read', () => {
  expect(folders.length).toBeGreaterThan(4);
  expect(folders.flatMap((folder) => misplacedMigrations(readdirSync(folder)))).toEqual([]);
});

it('one that would come before those that have run is found', () => {
  const names = ['20261124163000000_a.sql', '20261129020000_b.sql', '20261129130000000_c.sql', '20261129140000_d.sql'];
  expect(misplacedMigrations(names)).toEqual(['20261129130000000_c.sql']);
});
