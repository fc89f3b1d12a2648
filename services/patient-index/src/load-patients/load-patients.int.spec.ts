import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import { PatientObservedV3 } from '@yinglian/contracts';
import { messagingMigrations, Outbox } from '@yinglian/messaging';
import { type Database, migrate } from '@yinglian/persistence';
import { spawnBuilt } from '@yinglian/testing';
import { MergePersons } from '../decide-on-persons/merge-persons.js';
import { Restand } from '../decide-on-persons/restand.js';
import { AskAboutLikely } from '../find-likely/ask-about-likely.js';
import { AskAboutNewcomersHandler } from '../find-likely/ask-about-newcomers.handler.js';
import { FindQuestions } from '../find-likely/find-questions.js';
import { LikelyPersons } from '../find-likely/likely-persons.js';
import { LinkBatch } from '../link-patients/link-batch.js';
import { LinkPatientsHandler } from '../link-patients/link-patients.handler.js';
import { patientIndexMigrations } from '../patient-index.module.js';
import { beginFirstFilling, isFirstFilling, putNextBack } from '../storage/first-filling.store.js';
import { NameStore } from '../storage/name.store.js';
import { NameCountStore } from '../storage/name-count.store.js';
import { PatientNameStore } from '../storage/patient-name.store.js';
import { masterLines, ndjson } from '../testing/master-records.js';
import { PatientIndexService } from '../testing/patient-index-service.js';
import { SettingsInForce } from '../tune-matching/settings-in-force.js';
import { readRecord } from './read-record.js';
import { runLoad } from './run-load.js';

const HOSPITALS = ['H001', 'H002', 'H003'];
const never = new AbortController().signal;

describe('a load of master files', () => {
  let index: PatientIndexService;
  let folder: string;
  beforeAll(async () => {
    index = await PatientIndexService.start();
    folder = mkdtempSync(join(tmpdir(), 'yinglian-load-'));
  });
  afterAll(async () => {
    await index.stop();
    rmSync(folder, { recursive: true });
  });

  const emptyIndex = async () => {
    const url = await index.postgres.createDatabase('index');
    for (const set of [patientIndexMigrations, messagingMigrations, accessMigrations]) await migrate(url, set);
    return { url, database: index.postgres.connect(url) };
  };
  const fileOf = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const load = (url: string, ...files: { hospital: string; path: string }[]) =>
    runLoad(url, { files, asks: true }, () => {}, never);

  it('comes to what the same records by events come to', async () => {
    const [loaded, told] = [await emptyIndex(), await emptyIndex()];
    const schema = await schemaOf(loaded.database);
    const linkPatients = linkPatientsOn(told.database);
    const askAboutNewcomers = askAboutNewcomersOn(told.database);
    for (const [place, hospital] of HOSPITALS.entries()) {
      const lines = masterLines(600, place);
      const path = fileOf(`same-${hospital}`, ndjson(lines));
      await load(loaded.url, { hospital, path });
      const observed = lines.flatMap((line) => {
        const read = readRecord(Buffer.from(JSON.stringify(line)), hospital, '');
        return 'code' in read ? [] : read;
      });
      await told.database.transaction((tx) => linkPatients.execute(tx, observed, new Date()));
      while (await askAboutNewcomers.execute(new Date()));
    }
    const persons = await personsIn(loaded.database);
    expect(persons).toEqual(await personsIn(told.database));
    expect(persons.length).toBeGreaterThan(600);
    expect(persons.length).toBeLessThan(700);
    const conflicts = await conflictsIn(loaded.database);
    expect(conflicts).toEqual(await conflictsIn(told.database));
    expect(new Set(conflicts.map(({ kind }) => kind))).toEqual(new Set(['SHARED_ID', 'LIKELY_SAME']));
    expect(await schemaOf(loaded.database)).toEqual(schema);
  });

  it('of two hospitals at once makes nobody twice', async () => {
    const { url, database } = await emptyIndex();
    const lines = masterLines(3_000, 0);
    const files = ['H001', 'H002'].map((hospital) => ({ hospital, path: fileOf(`twice-${hospital}`, ndjson(lines)) }));
    const { persons, patients } = await load(url, ...files);
    expect([persons, patients]).toEqual([3_000, 6_000]);
    expect(await conflictsIn(database)).toEqual([]);
  });

  it('that comes again changes nothing', async () => {
    const { url, database } = await emptyIndex();
    const lines = masterLines(500, 0);
    const path = fileOf('again', ndjson(lines));
    const figures = await load(url, { hospital: 'H001', path });
    const before = await everythingIn(database);
    expect({ ...(await load(url, { hospital: 'H001', path })), bytes: 0 }).toEqual({ ...figures, bytes: 0 });
    // In another order it is another file, of the same patients.
    const turned = fileOf('turned', ndjson(lines.toReversed()));
    await load(url, { hospital: 'H001', path: turned });
    expect(await everythingIn(database)).toEqual(before);
  });

  it('keeps lines beside that it cannot take in, with number and reason', async () => {
    const { url, database } = await emptyIndex();
    const good = masterLines(3, 0);
    const bad = [
      '{"id": "1", ',
      '{"name": "王小雨"}',
      '{"id": "2", "brithDate": "19800203"}',
      '{"id": "3", "phones": "13900000000"}',
      `{"id": "4", "name": "${'长'.repeat(70_000)}"}`,
    ];
    const bytes = Buffer.concat([
      Buffer.from(`\ufeff${ndjson(good.slice(0, 2))}\r\n\n${bad.join('\n')}\n`),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from(ndjson(good.slice(2)).trimEnd()),
    ]);
    const path = join(folder, 'refused');
    writeFileSync(path, bytes);
    expect((await load(url, { hospital: 'H001', path })).patients).toBe(3);
    const refused = readFileSync(`${path}.refused`, 'utf8').trimEnd().split('\n');
    expect(refused.map((line) => JSON.parse(line))).toEqual([
      { line: 5, code: 'NOT_JSON', detail: '', text: bad[0] },
      { line: 6, code: 'NOT_A_PATIENT', detail: 'id invalid_type', text: bad[1] },
      { line: 7, code: 'NOT_A_PATIENT', detail: 'unrecognized_keys', text: bad[2] },
      { line: 8, code: 'NOT_A_PATIENT', detail: 'phones invalid_type, phones too_big', text: bad[3] },
      { line: 9, code: 'LINE_TOO_LONG', detail: '', text: null },
      { line: 10, code: 'NOT_UTF8', detail: '', text: '{\ufffd}' },
    ]);
    const [position] = await database.query('SELECT lines::int, refused::int, next_byte::int FROM patient_loads');
    expect(position).toEqual({ lines: 11, refused: 6, next_byte: bytes.length });
  });

  it('that is killed goes on where it was', async () => {
    const { url, database } = await emptyIndex();
    const lines = masterLines(12_000, 0);
    const texts = lines.flatMap((line, n) => (n % 1_000 === 10 ? [ndjson([line]), 'no JSON\n'] : ndjson([line])));
    const path = fileOf('killed', texts.join(''));
    const main = new URL('../load-patients.main.ts', import.meta.url);
    const killed = spawnBuilt(main, { DATABASE_URL: url }, 'pipe', [`H001=${path}`]);
    const ended = once(killed, 'exit');
    const linesDone = async () => Number((await positionIn(database))?.lines ?? 0);
    while ((await linesDone()) < 3_000) await sleep(20);
    killed.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await linesDone()).toBeLessThan(texts.length);
    expect(await isFirstFilling(database)).toBe(true);
    const again = spawnBuilt(main, { DATABASE_URL: url }, 'pipe', [`H001=${path}`]);
    const output: string[] = [];
    again.stdout?.on('data', (chunk) => output.push(String(chunk)));
    expect(await once(again, 'close')).toEqual([0, null]);
    expect(output.join('')).toMatch(/^persons +12000\npatients +12000\n/);
    expect(await isFirstFilling(database)).toBe(false);
    expect(await database.query('SELECT max(observation_version) AS most FROM patients')).toEqual([{ most: 1 }]);
    const refused = readFileSync(`${path}.refused`, 'utf8').trimEnd().split('\n');
    expect(refused.map((line) => (JSON.parse(line) as { line: number }).line)).toEqual(
      Array.from({ length: 12 }, (_, n) => n * 1_001 + 12),
    );
  }, 180_000);

  it('without files finishes what another one left', async () => {
    const { url, database } = await emptyIndex();
    const schema = await schemaOf(database);
    await database.transaction(beginFirstFilling);
    await database.transaction(putNextBack);
    expect(await schemaOf(database)).not.toEqual(schema);
    await load(url);
    expect(await schemaOf(database)).toEqual(schema);
  });

  it('tells nobody; who is observed then is told from version 1 on', async () => {
    const [line] = masterLines(1, 0);
    const path = fileOf('told', ndjson([{ ...line, id: 'TOLD-1' }]));
    await load(index.environment.DATABASE_URL ?? '', { hospital: 'H001', path });
    const linksOf = async () => (await index.links()).filter(({ patient }) => patient.id === 'TOLD-1');
    expect(await linksOf()).toEqual([]);
    const read = readRecord(Buffer.from(JSON.stringify({ ...line, id: 'TOLD-1' })), 'H001', '');
    if ('code' in read) throw new Error(read.detail);
    const observed = PatientObservedV3.data.parse({ ...read, studyInstanceUid: '1.2.3.9' });
    await index.tell(PatientObservedV3, observed);
    const link = {
      personId: expect.stringMatching(/^P/),
      patient: { hospital: 'H001', issuer: '', id: 'TOLD-1' },
      reason: 'NEW_PERSON',
      version: 1,
      linkedAt: expect.any(String),
    };
    expect(await linksOf()).toEqual([link]);
    await index.tell(PatientObservedV3, { ...observed, phones: ['13911112222'] });
    expect(await linksOf()).toEqual([link]);
  });
});

function linkPatientsOn(database: Database): LinkPatientsHandler {
  const outbox = new Outbox(database, 'urn:yinglian:patient-index');
  const linkBatch = new LinkBatch(new MergePersons(new Restand(outbox)), new PatientNameStore(new NameStore()));
  return new LinkPatientsHandler(outbox, linkBatch);
}

function askAboutNewcomersOn(database: Database): AskAboutNewcomersHandler {
  const findQuestions = new FindQuestions(database, new LikelyPersons(new NameCountStore()));
  return new AskAboutNewcomersHandler(database, new AskAboutLikely(findQuestions, new SettingsInForce()));
}

/** Patients of each person. */
const personsIn = (database: Database) =>
  database.query(
    `SELECT array_agg(local_id ORDER BY local_id COLLATE "C") AS patients FROM patients JOIN persons ON person_id = home_id
     GROUP BY survivor_id ORDER BY 1`,
  );

/** Each with a patient of the other person. */
const conflictsIn = (database: Database) =>
  database.query<{ kind: string }>(
    `SELECT kind, local_id, number, (SELECT min(local_id) FROM patients WHERE home_id = other_person_id) AS other
     FROM conflicts ORDER BY local_id, kind, number, other`,
  );

const schemaOf = (database: Database) =>
  database.query(
    `SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' ORDER BY 1`,
  );

const everythingIn = async (database: Database) => [
  await database.query('SELECT * FROM patients ORDER BY patient_no'),
  await database.query('SELECT * FROM persons ORDER BY person_id'),
  await database.query('SELECT * FROM observations ORDER BY patient_no, version'),
  await database.query('SELECT * FROM patient_names ORDER BY patient_no, name_id'),
  await database.query('SELECT * FROM patient_numbers ORDER BY patient_no, number'),
  await database.query('SELECT * FROM conflicts ORDER BY conflict_id'),
  await database.query('SELECT event_id FROM outbox'),
];

const positionIn = async (database: Database) =>
  (await database.query<{ lines: string }>('SELECT lines FROM patient_loads'))[0];
