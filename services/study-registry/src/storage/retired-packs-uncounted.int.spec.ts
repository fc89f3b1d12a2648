import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { CompactPackStore } from './compact-pack.store.js';
import { PackStore } from './pack.store.js';

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await TestPostgres.start();
  const url = await postgres.createDatabase();
  const before = readdirSync(studyRegistryMigrations.folder)
    .sort()
    .findIndex((name) => name.endsWith('retired_packs_uncounted.sql'));
  await migrate(url, studyRegistryMigrations, before);
  database = postgres.connect(url);
  await database.query(`
    INSERT INTO compact_packs SELECT digest, 'H001', modality, 100, 10 FROM (VALUES ('aa', 'CT'), ('bb', 'CT'), ('cc', 'CT'), ('dd', 'MR')) AS pack (digest, modality);
    INSERT INTO compact_totals VALUES ('H001', 'CT', 3, 300, 30), ('H001', 'MR', 1, 100, 10);
    INSERT INTO retired_packs (digest) VALUES ('aa'), ('bb')`);
  await migrate(url, studyRegistryMigrations);
}, 60_000);
afterAll(() => postgres.stop());

const total = (modality: string, packs: number) => ({
  hospital: 'H001',
  modality,
  packs,
  bytes: packs * 100,
  storedBytes: packs * 10,
});

it('packs that were retired before count no more among those that are compact', async () => {
  const left = await new CompactPackStore(database).totals();
  expect(left.sort((one, other) => one.modality.localeCompare(other.modality))).toEqual([
    total('CT', 1),
    total('MR', 1),
  ]);
  expect(await database.query('SELECT digest FROM compact_packs ORDER BY digest')).toEqual([
    { digest: 'cc' },
    { digest: 'dd' },
  ]);
});

it('neither does one that is retired now', async () => {
  await database.transaction((tx) => new PackStore(tx).retire('cc'));
  expect(await new CompactPackStore(database).totals()).toEqual([total('MR', 1)]);
});
