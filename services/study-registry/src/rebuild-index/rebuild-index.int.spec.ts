import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import { messagingMigrations } from '@yinglian/messaging';
import { FileObjectStore } from '@yinglian/objects';
import { migrate } from '@yinglian/persistence';
import { commitKey } from '../storage/pack-commits.js';
import { packKey } from '../storage/pack-index.js';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { fillRegistry } from '../testing/fill-registry.js';
import { RegistryService } from '../testing/registry-service.js';
import { compareIndexes } from './compare-indexes.js';
import { runRebuild } from './run-rebuild.js';

/** Stops the rebuilding in its middle. */
class StoppingStore extends FileObjectStore {
  private opened = 0;

  constructor(
    folder: string,
    private readonly after: number,
    private readonly stop: () => void,
  ) {
    super(folder);
  }

  override open(key: string) {
    if (/\/[0-9a-f]{64}$/.test(key)) this.opened += 1;
    if (this.opened === this.after) this.stop();
    return super.open(key);
  }
}

describe('the registry’s database, built again from the objects', () => {
  let registry: RegistryService;
  let folder: string;
  let digests: string[];
  const never = new AbortController().signal;
  beforeAll(async () => {
    registry = await RegistryService.start();
    folder = registry.environment.OBJECTS_FOLDER ?? '';
    digests = await fillRegistry(registry);
  });
  afterAll(() => registry.stop());

  const emptyDatabase = async () => {
    const url = await registry.postgres.createDatabase('rebuilt');
    for (const set of [studyRegistryMigrations, messagingMigrations, accessMigrations]) await migrate(url, set);
    return url;
  };
  const oldUrl = () => registry.environment.DATABASE_URL ?? '';
  const rebuild = async (databaseUrl: string, signal = never, objects = new FileObjectStore(folder)) => {
    const lines: string[] = [];
    const write = { line: (line: string) => lines.push(line), progress: () => {} };
    const settings = { databaseUrl, compareUrl: oldUrl() };
    const isWell = await runRebuild(objects, settings, write, signal).finally(() => objects.close());
    return { isWell, lines };
  };

  it('is equal row by row: what is stored, double, kept aside or at its hospital, and whose each study is', async () => {
    const url = await emptyDatabase();
    const { isWell, lines } = await rebuild(url);
    expect([isWell, lines.at(0), lines.at(-1)]).toEqual([
      true,
      `${digests.length} of ${digests.length} packs registered, 0.0 GB.`,
      'Equal, row by row.',
    ]);
    const rebuilt = registry.postgres.connect(url);
    const outcomes = await rebuilt.query(
      'SELECT sum(stored)::int AS stored, sum(duplicates)::int AS duplicates, sum(quarantined)::int AS quarantined FROM packs',
    );
    expect(outcomes).toEqual([{ stored: 10, duplicates: 2, quarantined: 3 }]);
    expect(await rebuilt.query('SELECT digest FROM packs WHERE at_hospital')).toEqual([{ digest: digests.at(-1) }]);
    expect(await rebuilt.query('SELECT 1 FROM outbox')).toEqual([]);
    expect(await rebuilt.query('SELECT is_withdrawn, is_held FROM studies WHERE is_withdrawn')).toEqual([
      { is_withdrawn: true, is_held: true },
    ]);
    expect(await rebuilt.query('SELECT 1 FROM series WHERE is_withdrawn')).toHaveLength(1);
    expect(lines).toContain('8 withdrawals, holds and their undoings replayed.');
    expect(await rebuilt.query(`SELECT 1 WHERE to_regclass('rebuild_plan') IS NOT NULL`)).toEqual([]);
  });

  it('goes on where it was broken off', async () => {
    const url = await emptyDatabase();
    const stop = new AbortController();
    const stopping = new StoppingStore(folder, 5, () => stop.abort(new Error('Stopped')));
    await expect(rebuild(url, stop.signal, stopping)).rejects.toThrow('Stopped');
    const [begun] = await registry.postgres
      .connect(url)
      .query<{ packs: number }>('SELECT count(*)::int AS packs FROM packs');
    expect(begun?.packs).toBeGreaterThan(0);
    expect(begun?.packs).toBeLessThan(digests.length);
    expect((await rebuild(url)).lines.at(-1)).toBe('Equal, row by row.');
  });

  it('is not built into one that has packs', async () => {
    await expect(rebuild(oldUrl())).rejects.toThrow('The database has packs already');
  });

  it('shows a difference that is planted, by its row and column and without what is in it', async () => {
    const url = await emptyDatabase();
    await rebuild(url);
    const rebuilt = registry.postgres.connect(url);
    const [series] = await rebuilt.query<{ study_uid: string; series_uid: string }>(
      'SELECT study_uid, series_uid FROM series ORDER BY series_uid LIMIT 1',
    );
    await rebuilt.query(`UPDATE series SET description = 'other', body_part = 'HEAD' WHERE series_uid = $1`, [
      series?.series_uid,
    ]);
    const [aside] = await rebuilt.query<{ key: string }>(
      `DELETE FROM quarantined_instances WHERE ctid = (SELECT ctid FROM quarantined_instances LIMIT 1)
       RETURNING digest || ' ' || place AS key`,
    );
    // Seven packs in the other order: all but the one in the middle have another turn.
    await rebuilt.query(
      `UPDATE packs SET sequence = -sequence
       WHERE study_uid = (SELECT study_uid FROM packs GROUP BY study_uid ORDER BY count(*) DESC LIMIT 1)`,
    );
    const differences = await Array.fromAsync(compareIndexes(registry.postgres.connect(oldUrl()), rebuilt));
    expect(differences.filter(({ table }) => table !== 'packs')).toEqual([
      { table: 'series', key: `${series?.study_uid} ${series?.series_uid}`, kind: ['body_part', 'description'] },
      { table: 'quarantined_instances', key: aside?.key, kind: 'missing' },
    ]);
    expect(differences.filter(({ table }) => table === 'packs').map(({ kind }) => kind)).toEqual(
      Array(6).fill(['turn_in_study']),
    );
  });

  it('names what is damaged and what says nothing of its turn, and has all else', async () => {
    const url = await emptyDatabase();
    const [damaged = '', , , , , withoutCommit = ''] = digests;
    await rm(join(folder, commitKey(withoutCommit)));
    const path = join(folder, packKey(damaged));
    const bytes = await readFile(path);
    bytes.write('?', bytes.indexOf('Serie'));
    await writeFile(path, bytes);
    const { isWell, lines } = await rebuild(url);
    expect(isWell).toBe(false);
    expect(lines.slice(0, 3)).toEqual([
      `${digests.length - 1} of ${digests.length} packs registered, 0.0 GB.`,
      '1 packs have no commit beside them; they are in the order in which gateways received them.',
      expect.stringMatching(new RegExp(`^Damaged: ${damaged} \\(.*disagree.*\\)$`)),
    ]);
    expect(lines.filter((line) => line.endsWith('is missing') && line.startsWith('packs '))).toEqual([
      expect.stringContaining(damaged),
    ]);
  });
});
