import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import { messagingMigrations } from '@yinglian/messaging';
import { FileObjectStore } from '@yinglian/objects';
import { migrate } from '@yinglian/persistence';
import { ctSeries, fileOf } from '@yinglian/testing';
import { commitKey } from '../storage/pack-commits.js';
import { packKey } from '../storage/pack-index.js';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import { packOf } from '../testing/pack-of.js';
import { RegistryService, StudyArrivingV1 } from '../testing/registry-service.js';
import { type TestStudy, testStudy } from '../testing/test-study.js';
import { compareIndexes } from './compare-indexes.js';
import { runRebuild } from './run-rebuild.js';

/** The same instance with other bytes. */
const changed = (file: Buffer, letter: string) =>
  Buffer.from(file.toString('latin1').replace(/Series (?=\d)/, `Serie${letter} `), 'latin1');

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
    digests = await fill(registry);
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

/** One study is withdrawn and held, of the other a series, and an image that is restored again. */
async function decide(registry: RegistryService, one: TestStudy, other: TestStudy) {
  const steward = new DecidingSteward(registry);
  const part = { seriesInstanceUid: `${other.studyUid}.1` };
  const answers = [
    await steward.withdraw(one.studyUid),
    await steward.restore(one.studyUid),
    await steward.decide(one.studyUid, { decision: 'hold' }),
    await steward.withdraw(one.studyUid, { reason: '113001' }),
    await steward.withdraw(one.studyUid, {
      seriesInstanceUid: `${one.studyUid}.2`,
      sopInstanceUid: `${one.studyUid}.2.1`,
    }),
    await steward.withdraw(other.studyUid, { ...part, sopInstanceUid: `${other.studyUid}.1.1` }),
    await steward.restore(other.studyUid, { ...part, sopInstanceUid: `${other.studyUid}.1.1` }),
    await steward.withdraw(other.studyUid, part),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
}

/** Two hospitals, duplicates, versions kept aside, a study that another hospital announced. Returns digests in the order of commits. */
async function fill(registry: RegistryService): Promise<string[]> {
  const digests: string[] = [];
  const store = async (hospital: string, ...files: Buffer[]) => {
    digests.push((await registry.store(hospital, files)).digest);
  };
  const announce = (hospital: string, { studyUid }: TestStudy, id: string) =>
    registry.publish(StudyArrivingV1, {
      hospital,
      studyInstanceUid: studyUid,
      patient: { hospital, issuer: 'RIS', id },
      studyDate: '20260105',
      studyTime: '081500',
      accessionNumber: 'A1',
      modality: 'CT',
      bodyPart: 'CHEST',
      description: 'As announced',
      arrivedAt: '2026-11-24T08:00:00.000Z',
    });
  const one = testStudy({ patientId: 'P1', patientName: 'Wang^Xiaodong=王^小东', description: 'Thorax' }, 3);
  const [first = Buffer.alloc(0), second = Buffer.alloc(0), third = Buffer.alloc(0)] = one.files;
  // Whose digest is greater comes first: the order of the store's list is not the one of the commits.
  const versions = ['a', 'b'].map((letter) => changed(first, letter));
  const [early = first, late = first] = versions.sort((a, b) =>
    packOf('H001', [a]).digest < packOf('H001', [b]).digest ? 1 : -1,
  );
  await store('H001', early);
  await store('H001', late);
  await store('H001', second);
  await store('H002', second);
  await store('H002', third);
  await store('H001', third);
  await store('H002', late);

  const announced = testStudy({ patientId: 'P2', patientName: 'Li^Na', description: 'As sent' }, 2);
  const [theirs = Buffer.alloc(0), other = Buffer.alloc(0)] = announced.files;
  await announce('H002', announced, 'P2-of-RIS');
  await store('H001', theirs);
  await store('H002', theirs);
  await store('H002', other);

  for (const hospital of ['H001', 'H003']) await store(hospital, ...testStudy({ patientId: 'P3' }).files);
  await decide(registry, one, announced);
  await announce('H003', testStudy(), 'P4');

  const gateway = new HospitalGateway(registry);
  const [pulled, kept] = [
    await gateway.keep(ctSeries(1).slices.map(fileOf)),
    await gateway.keep(ctSeries(2).slices.map(fileOf)),
  ];
  await gateway.bring(pulled);
  digests.push(pulled.digest, kept.digest);
  return digests;
}
