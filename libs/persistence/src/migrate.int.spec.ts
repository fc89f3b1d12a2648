import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestPostgres } from '@yinglian/testing';
import { type Database, type Migrations, migrate } from './index.js';

describe('migrations', () => {
  let postgres: TestPostgres;
  let folder: string;
  let url: string;
  let database: Database;
  let tea: Migrations;

  beforeAll(async () => {
    postgres = await TestPostgres.start();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-migrations-'));
    tea = { folder: pathToFileURL(`${folder}/`), table: 'tea_migrations' };
    url = await postgres.createDatabase();
    database = postgres.connect(url);
    await add('20260101000000000_cups', 'CREATE TABLE cups (id int);');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const add = (name: string, sql: string) => writeFile(join(folder, `${name}.sql`), `-- Up Migration\n\n${sql}\n`);
  const applied = () => database.query<{ name: string }>('SELECT name FROM tea_migrations ORDER BY id');

  it('are applied once, in the order of their names, and new ones after those that are there', async () => {
    await migrate(url, tea);
    await database.query('INSERT INTO cups VALUES (1)');
    await add('20260102000000000_sugar', 'ALTER TABLE cups ADD COLUMN sugar int NOT NULL DEFAULT 2;');
    await migrate(url, tea);
    await migrate(url, tea);
    expect(await database.query('SELECT * FROM cups')).toEqual([{ id: 1, sugar: 2 }]);
    expect(await applied()).toEqual([{ name: '20260101000000000_cups' }, { name: '20260102000000000_sugar' }]);
  });

  it('are applied once by processes that start together', async () => {
    await add('20260102000000000_slow', 'SELECT pg_sleep(0.2); INSERT INTO cups VALUES (1);');
    await Promise.all([migrate(url, tea), migrate(url, tea), migrate(url, tea)]);
    expect(await database.query('SELECT * FROM cups')).toEqual([{ id: 1 }]);
  });

  it('leave nothing of what fails, nor of what was to be applied with it', async () => {
    await add('20260102000000000_broken', 'INSERT INTO cups VALUES (1); SELECT * FROM saucers;');
    await expect(migrate(url, tea)).rejects.toThrow('relation "saucers" does not exist');
    expect(await database.query("SELECT to_regclass('cups') AS cups")).toEqual([{ cups: null }]);
  });

  it('are refused when one was slipped in before those that are applied', async () => {
    await migrate(url, tea);
    await add('20251231000000000_kettles', 'CREATE TABLE kettles (id int);');
    await expect(migrate(url, tea)).rejects.toThrow('is preceding already run migration');
  });
});
