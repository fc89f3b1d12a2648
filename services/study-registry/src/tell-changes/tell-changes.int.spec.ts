import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import pg from 'pg';
import { type ChangeKind, StudyChangeStore } from '../storage/study-change.store.js';
import { RegistryService, StudyReceivedV1 } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

interface Told {
  readonly sequence: number;
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly kind: ChangeKind;
  readonly version: number;
  readonly instances: number;
  readonly changedAt: string;
  readonly toldAt: string;
}

describe('the changes of studies', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const ask = async (
    query: string,
    hospital: string | null = null,
    scopes: 'changes:read'[] | ['packs:write'] = ['changes:read'],
  ) => {
    const token = await registry.issuer.serviceToken({ clientId: 'exchange', scopes: [...scopes], hospital });
    return registry.ask('GET', `/api/study-registry/changes${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  };
  /** All pages from a number on, until there is no more. */
  const readFrom = async (since: number, hospital: string | null = null, limit = 7): Promise<Told[]> => {
    const read: Told[] = [];
    for (let next = since; ; ) {
      const { json } = await ask(`?since=${next}&limit=${limit}`, hospital);
      read.push(...json.changes);
      next = json.next;
      if (!json.more) return read;
    }
  };
  const last = async () => (await readFrom(0)).at(-1)?.sequence ?? 0;
  /** A change that no pack makes, in a transaction that the test ends when it likes. */
  async function openChange(study: string, version: number) {
    const client = new pg.Client({ connectionString: registry.environment.DATABASE_URL });
    await client.connect();
    await client.query('BEGIN');
    const tx = {
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query<Row>(text, [...values])).rows,
    };
    await new StudyChangeStore(tx).add({
      studyInstanceUid: study,
      hospital: 'H009',
      kind: 'updated',
      version,
      instances: 1,
      changedAt: new Date(),
    });
    return {
      commit: async () => {
        await client.query('COMMIT');
        await client.end();
      },
    };
  }

  it('are told from what was registered until all of it is here, without a word of the patient', async () => {
    const since = await last();
    const series = ctSeries(2, 'secret-patient');
    const files = series.slices.map(fileOf);
    await registry.store('H001', files.slice(0, 1));
    await registry.store('H001', files.slice(1));
    await registry.store('H001', files);
    await registry.publish(StudyReceivedV1, {
      hospital: 'H001',
      studyInstanceUid: series.studyInstanceUid,
      instances: 2,
      reason: 'QUIET_TIME',
      quietSince: '2026-11-24T08:00:00.000Z',
    });
    const told = await readFrom(since);
    const of = { studyInstanceUid: series.studyInstanceUid, hospital: 'H001' };
    const at = { changedAt: expect.any(String), toldAt: expect.any(String) };
    expect(told).toEqual([
      { ...of, ...at, sequence: since + 1, kind: 'registered', version: 1, instances: 1 },
      { ...of, ...at, sequence: since + 2, kind: 'updated', version: 2, instances: 2 },
      { ...of, ...at, sequence: since + 3, kind: 'completed', version: 3, instances: 2 },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/secret|Bench|病人/);
    const { json } = await ask(`?since=${since + 3}`);
    expect(json).toEqual({ changes: [], next: since + 3, more: false });
  });

  it('wait for nobody, and are not skipped when their transaction ends after later ones', async () => {
    const since = await last();
    const slow = await openChange('1.2.1', 1);
    await (await openChange('1.2.2', 1)).commit();
    await (await openChange('1.2.3', 1)).commit();
    const before = await readFrom(since);
    await slow.commit();
    const after = await readFrom(since + 2);
    expect([...before, ...after].map(({ sequence, studyInstanceUid }) => [sequence - since, studyInstanceUid])).toEqual(
      [
        [1, '1.2.2'],
        [2, '1.2.3'],
        [3, '1.2.1'],
      ],
    );
  });

  it('reach every reader once and in order, however many write and read at once', async () => {
    const since = await last();
    const WRITERS = 8;
    const studies = Array.from({ length: 4 }, () => testStudy({}, 6));
    const inOneStudy = studies.flatMap(({ files }) => files.map((file) => [file]));
    let isOver = false;
    const writing = Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        // Packs of the same studies by several gateways' connections, and changes whose transactions last.
        for (const files of inOneStudy.filter((_, at) => at % WRITERS === writer)) {
          const [open] = await Promise.all([openChange(`1.3.${writer}`, 1), registry.store('H001', files)]);
          await sleep(Math.random() * 20);
          await open.commit();
        }
      }),
    ).finally(() => {
      isOver = true;
    });
    const readers = Array.from({ length: 3 }, async (_, reader) => {
      const read: Told[] = [];
      for (;;) {
        const isLast = isOver;
        read.push(...(await readFrom(read.at(-1)?.sequence ?? since, null, reader + 2)));
        if (isLast) return read;
      }
    });
    const [first, ...others] = await Promise.all(readers);
    await writing;
    for (const other of others) expect(other).toEqual(first);
    const told = first ?? [];
    expect(told.map(({ sequence }) => sequence - since)).toEqual(
      Array.from({ length: inOneStudy.length * 2 }, (_, at) => at + 1),
    );
    for (const { studyUid } of studies) {
      const versions = told.filter((one) => one.studyInstanceUid === studyUid).map(({ version }) => version);
      expect(versions).toEqual([1, 2, 3, 4, 5, 6]);
    }
    expect(told.map(({ toldAt }) => toldAt)).toEqual(told.map(({ toldAt }) => toldAt).sort());
  });

  it('that waited long are told in several turns, all of them', async () => {
    const since = await last();
    const waiting = 12_000;
    await registry.database.query(
      `INSERT INTO untold_changes (study_uid, hospital, kind, version, instances, changed_at)
       SELECT '1.6.' || n, 'H009', 'updated', 1, 1, now() FROM generate_series(1, $1) n`,
      [waiting],
    );
    const told = await readFrom(since, null, 1_000);
    expect(told.map(({ sequence, studyInstanceUid }) => `${sequence - since} ${studyInstanceUid}`)).toEqual(
      Array.from({ length: waiting }, (_, at) => `${at + 1} 1.6.${at + 1}`),
    );
  });

  it('are found by the time at which they were told', async () => {
    const since = await last();
    const begun = new Date(Date.now() + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
    await sleep(5);
    await (await openChange('1.4.1', 1)).commit();
    await readFrom(since);
    await sleep(5);
    const from = new Date().toISOString();
    await sleep(5);
    await (await openChange('1.4.2', 1)).commit();
    const uidsFrom = async (instant: string) =>
      (await ask(`?from=${encodeURIComponent(instant)}&limit=1000`)).json.changes.map(
        (one: Told) => one.studyInstanceUid,
      );
    await readFrom(since);
    expect(await uidsFrom(from)).toEqual(['1.4.2']);
    expect(await uidsFrom(begun)).toEqual(['1.4.1', '1.4.2']);
    const { json } = await ask(`?from=2999-01-01T00:00:00Z`);
    expect(json).toEqual({ changes: [], next: await last(), more: false });
  });

  it('of a hospital are all that its programs see; others see none', async () => {
    await registry.store('H002', testStudy().files);
    await registry.store('H001', testStudy().files);
    const hospitalsFor = async (hospital: string | null) => [
      ...new Set((await readFrom(0, hospital, 1_000)).map((one) => one.hospital)),
    ];
    expect(await hospitalsFor('H002')).toEqual(['H002']);
    expect(await hospitalsFor('H003')).toEqual([]);
    expect(await hospitalsFor(null)).toEqual(expect.arrayContaining(['H001', 'H002']));
    const refused = await ask('', 'H001', ['packs:write']);
    expect([refused.status, refused.json.code]).toEqual([403, 'ROLE_NOT_ALLOWED']);
    const person = await registry.get('/api/study-registry/changes', '*/*', { roles: ['administrator'] });
    expect([person.status, person.json.code]).toEqual([403, 'ROLE_NOT_ALLOWED']);
  });

  it.each([
    '?since=-1',
    '?since=x',
    '?since=1&from=2026-01-01T00:00:00Z',
    '?from=yesterday',
    '?limit=1001',
    '?limit=0',
    '?x=1',
  ])('asked for by %s are refused', async (query) =>
    expect(await ask(query)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } }),
  );

  it('are numbered also when nobody asks', async () => {
    const since = await last();
    await (await openChange('1.5.1', 1)).commit();
    const told = () => registry.database.query('SELECT 1 FROM study_changes WHERE sequence > $1', [since]);
    await until(async () => (await told()).length > 0);
    expect(await told()).toHaveLength(1);
  });
});
