import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileObjectStore } from '@yinglian/objects';
import type { Database } from '@yinglian/persistence';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import { packKey } from '../storage/pack-index.js';
import { packOf, type TestPack } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryProcess } from '../testing/registry-process.js';
import { RegistrySurroundings } from '../testing/registry-surroundings.js';
import { StoredObjects } from '../testing/stored-objects.js';
import { packStore } from './pack-store.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const dying = new URL('./testing/dying-registry.ts', import.meta.url);

interface Stored extends TestPack {
  readonly address: string;
  readonly files: readonly Buffer[];
}

describe('a registry whose process is killed while it recompresses', () => {
  let surroundings: RegistrySurroundings;
  let database: Database;
  let plain: StoredObjects;
  let compact: StoredObjects;
  let running: RegistryProcess | undefined;
  beforeAll(async () => {
    surroundings = await RegistrySurroundings.start(undefined, { RECOMPRESS_BYTES_PER_SECOND: '1000000000' });
    const { DATABASE_URL = '', OBJECTS_FOLDER = '' } = surroundings.environment;
    database = surroundings.postgres.connect(DATABASE_URL);
    plain = new StoredObjects(OBJECTS_FOLDER);
    compact = new StoredObjects(join(OBJECTS_FOLDER, 'compact'));
  });
  afterAll(async () => {
    await running?.kill();
    await surroundings.stop();
  });

  const formsOf = ({ digest }: TestPack) => [plain.has(digest), compact.has(digest)];
  const isCounted = async ({ digest }: TestPack) =>
    (await database.query('SELECT 1 FROM compact_packs WHERE digest = $1', [digest])).length === 1;
  /** Of all that is compact: what the accounts say of it, and what the disk does. */
  const accounts = async () => {
    const rows = await database.query<{ digest: string; bytes: number }>(
      'SELECT digest, stored_bytes::int AS bytes FROM compact_packs ORDER BY digest',
    );
    const [totals] = await database.query(
      'SELECT COALESCE(sum(packs), 0)::int AS packs, COALESCE(sum(stored_bytes), 0)::int AS bytes FROM compact_totals',
    );
    const onDisk = await Promise.all(rows.map(async ({ digest }) => (await stat(compact.pathOf(digest))).size));
    const bytes = onDisk.reduce((sum, size) => sum + size, 0);
    expect([rows.map((row) => row.bytes), totals]).toEqual([onDisk, { packs: rows.length, bytes }]);
  };
  const isGiven = async (registry: RegistryProcess, { address, files }: Stored) => {
    const given = partsOf(await registry.get(address, MULTIPART)).map(({ body }) => body);
    return given.length === files.length && given.every((file, at) => file.equals(files[at] ?? Buffer.alloc(0)));
  };
  /** As it was left, before another process begins. */
  const isReadable = async ({ digest, bytes }: TestPack) => {
    const store = packStore(new FileObjectStore(plain.folder));
    return (await store.readAll(packKey(digest)).finally(() => store.close())).equals(bytes);
  };
  const newPack = (): Stored => {
    const series = ctSeries(2);
    const files = series.slices.map(fileOf);
    return { ...packOf('H001', files), files, address: `/dicom-web/studies/${series.studyInstanceUid}` };
  };
  const start = async (settings: Readonly<Record<string, string>>, program?: URL) => {
    await running?.kill();
    running = await RegistryProcess.start(surroundings, settings, program);
    return running;
  };
  const old = async () => {
    await database.query("UPDATE packs SET committed_at = committed_at - interval '2 days'");
    await database.query("UPDATE recompress_again SET since = since - interval '2 days'");
  };
  /** Dies at a step of a pack; until then it makes everything right that the one before has left. */
  const dies = async (step: string, pack: Stored, days = '1') => {
    const registry = await start({ RECOMPRESS_AFTER_DAYS: days, DIE_AT: step, DIE_OF: pack.digest }, dying);
    if (!plain.has(pack.digest) && !compact.has(pack.digest)) await registry.store('H001', pack.files);
    await old();
    await until(() => registry.hasEnded);
  };

  it.each<[step: string, forms: [plain: boolean, compact: boolean], isCounted: boolean]>([
    ['written', [true, false], false],
    ['compact kept', [true, true], false],
    ['read back', [true, true], false],
    ['plain deleted', [false, true], false],
    ['counted, not committed', [false, true], false],
    ['counted', [false, true], true],
  ])(
    'has all of a pack when it was killed at “%s”, and the next process ends what it began',
    async (step, forms, counted) => {
      const pack = newPack();
      await dies(step, pack);
      expect([formsOf(pack), await isCounted(pack)]).toEqual([forms, counted]);
      expect(await isReadable(pack)).toBe(true);
      const next = await start({ RECOMPRESS_AFTER_DAYS: '1' });
      await until(async () => (await isCounted(pack)) && !plain.has(pack.digest));
      expect([formsOf(pack), await isGiven(next, pack)]).toEqual([[false, true], true]);
      await accounts();
    },
    120_000,
  );

  it.each<[step: string, forms: [plain: boolean, compact: boolean], isCounted: boolean]>([
    ['plain kept', [true, true], true],
    ['uncounted', [true, true], false],
    ['compact deleted', [true, false], false],
  ])(
    'has all of a pack when it was killed at “%s” of the way back, and so has the next one',
    async (step, forms, counted) => {
      const pack = newPack();
      const making = await start({ RECOMPRESS_AFTER_DAYS: '1' });
      await making.store('H001', pack.files);
      await old();
      await until(async () => (await isCounted(pack)) && !plain.has(pack.digest));
      await dies(step, pack, 'never');
      expect([formsOf(pack), await isCounted(pack)]).toEqual([forms, counted]);
      expect(await isReadable(pack)).toBe(true);
      const next = await start({ RECOMPRESS_AFTER_DAYS: 'never' });
      await until(async () => !(await isCounted(pack)) && !compact.has(pack.digest));
      expect([formsOf(pack), await isGiven(next, pack)]).toEqual([[true, false], true]);
      await until(async () => (await database.query('SELECT 1 FROM compact_packs')).length === 0);
      await accounts();
    },
    120_000,
  );
});
