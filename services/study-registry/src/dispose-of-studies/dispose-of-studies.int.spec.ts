import { globSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EncounterRecordedV1 } from '@yinglian/contracts';
import { until } from '@yinglian/testing';
import { healObject, putNow } from '../scrub-packs/heal-object.js';
import { ObjectPlaces } from '../scrub-packs/object-places.js';
import { StudyStore } from '../storage/study.store.js';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { RegistryService } from '../testing/registry-service.js';
import { StoredObjects } from '../testing/stored-objects.js';
import { testStudy } from '../testing/test-study.js';

const YEAR = new Date().getUTCFullYear();
const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';

describe('a study that retention keeps no more', () => {
  let registry: RegistryService;
  let replica: string;
  let hospital: DecidingSteward;
  let commission: DecidingSteward;
  let patients = 0;
  beforeAll(async () => {
    replica = await mkdtemp(join(tmpdir(), 'yinglian-replica-'));
    registry = await RegistryService.start(undefined, {
      REPLICA_URL: pathToFileURL(replica).href,
      DISPOSAL_GRACE_DAYS: '1',
    });
    hospital = new DecidingSteward(registry, 'H001');
    commission = new DecidingSteward(registry);
    await until(async () => (await registry.database.query('SELECT 1 FROM scrub_places')).length === 2);
  });
  afterAll(async () => {
    await registry.stop();
    await rm(replica, { recursive: true, force: true });
  });

  const stores = () => [registry.environment.OBJECTS_FOLDER ?? '', replica].map((folder) => new StoredObjects(folder));
  const aged = async (yearsAgo = 40) => {
    const patientId = `D${++patients}`;
    const { studyUid, files } = testStudy({ patientId, studyDate: `${YEAR - yearsAgo}0105` });
    const pack = await registry.store('H001', files);
    await until(async () => (await registry.database.query('SELECT 1 FROM replica_queue')).length === 0);
    return { ...pack, patientId, files, uid: studyUid };
  };
  const withdrawn = async (yearsAgo?: number) => {
    const study = await aged(yearsAgo);
    await hospital.withdraw(study.uid, { reason: '113039' });
    return study;
  };
  const confirm = (uid: string, by = hospital) =>
    by.ask('POST', '/disposals', { studyInstanceUid: uid, note: '保管期满' });
  const register = (id: number, by = commission) => by.ask('POST', `/disposals/${id}/registration`);
  const takeBack = (id: number, by = hospital) => by.ask('DELETE', `/disposals/${id}`);
  const registered = async (uid: string) => {
    const { json } = await confirm(uid);
    expect((await register(json.disposalId)).json.state).toBe('registered');
    return json.disposalId as number;
  };
  /** The day of grace is over. */
  const isDue = (id: number) =>
    registry.database.query(`UPDATE disposals SET registered_at = now() - interval '25 hours' WHERE disposal_id = $1`, [
      id,
    ]);
  const disposal = async (id: number) =>
    (await commission.ask('GET', '/disposals?limit=100')).json.disposals.find(
      ({ disposalId }: { disposalId: number }) => disposalId === id,
    );
  const becomes = (id: number, state: string) => until(async () => (await disposal(id)).state === state);
  const codeOf = ({ status, json }: { status: number; json: { code?: string; detail?: string } }) => [
    status,
    json.code,
    json.detail,
  ];
  /** Tables that say something of it in any row. */
  const traces = async (text: string) => {
    const tables = await registry.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const having = await Promise.all(
      tables.map(
        async ({ name }) =>
          (await registry.database.query(`SELECT 1 FROM ${name} WHERE ${name}::text LIKE $1 LIMIT 1`, [`%${text}%`]))
            .length > 0,
      ),
    );
    return tables.flatMap(({ name }, place) => (having[place] === true && !/_\d+$/.test(name) ? [name] : []));
  };
  const stored = async () =>
    (
      await registry.database.query<{ bytes: number; packs: number }>(
        'SELECT sum(bytes)::int AS bytes, sum(packs)::int AS packs FROM storage_totals',
      )
    )[0];

  it('is destroyed when two have given it up and the time of grace is over: its rows, its objects and its patient', async () => {
    const study = await withdrawn();
    const other = await aged();
    expect(await traces(study.digest)).toContain('packs');
    const before = await stored();
    const id = await registered(study.uid);
    expect((await disposal(id)).state).toBe('registered');
    await isDue(id);
    await becomes(id, 'destroyed');

    for (const store of stores()) {
      expect(globSync(join(store.folder, '**', `*${study.digest}*`))).toEqual([]);
      expect(globSync(join(store.folder, 'decisions', '*', study.uid, '*'))).toEqual([]);
      expect(store.has(other.digest)).toBe(true);
    }
    // A patient's numbers stay with the hospital, as of anybody without studies.
    expect(await traces(study.patientId)).toEqual(['patients']);
    expect(await traces(study.digest)).toEqual(['disposals']);
    const told = ['study_changes', 'untold_changes'];
    expect((await traces(study.uid)).filter((table) => !told.includes(table))).toEqual(['disposals']);
    expect(await stored()).toEqual({
      bytes: (before?.bytes ?? 0) - study.bytes.length,
      packs: (before?.packs ?? 0) - 1,
    });
    expect((await registry.get(`/dicom-web/studies/${study.uid}`, MULTIPART)).status).toBe(404);
    expect((await registry.get(`/dicom-web/studies/${other.uid}`, MULTIPART)).status).toBe(200);
  });

  it('leaves a certificate in every store, without its patient', async () => {
    const study = await withdrawn();
    const id = await registered(study.uid);
    await isDue(id);
    await becomes(id, 'destroyed');
    for (const { folder } of stores()) {
      const certificate = await readFile(join(folder, 'disposals', `${study.uid}.${id}`), 'utf8');
      for (const by of [hospital, commission])
        expect((await by.ask('GET', `/disposals/${id}/certificate`)).json).toEqual(JSON.parse(certificate));
      expect(certificate).not.toContain(study.patientId);
      expect(JSON.parse(certificate)).toEqual({
        version: 1,
        disposalId: id,
        studyInstanceUid: study.uid,
        hospital: 'H001',
        confirmedBy: 'steward.H001',
        confirmedByName: expect.any(String),
        confirmedAt: expect.any(String),
        registeredBy: 'steward.province',
        registeredByName: expect.any(String),
        registeredAt: expect.any(String),
        destroyedAt: expect.any(String),
        destroyed: {
          instances: 1,
          packs: [{ sha256: study.digest, sizeBytes: study.bytes.length }],
          retainUntil: `${YEAR - 10}-01-05`,
          rules: expect.arrayContaining([expect.objectContaining({ patientClass: 'outpatient', years: 15 })]),
        },
      });
    }
  });

  it('is kept by a hold, a restoration, a visit that comes before the time of grace is over, or a steward who takes it back', async () => {
    const [held, restored, visited, taken] = [
      await withdrawn(),
      await withdrawn(),
      await withdrawn(),
      await withdrawn(),
    ];
    const ids = await Promise.all([held, restored, visited, taken].map(({ uid }) => registered(uid)));
    await hospital.decide(held.uid, { decision: 'hold' });
    await hospital.restore(restored.uid);
    await registry.publish(EncounterRecordedV1, {
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: '', id: visited.patientId },
      encounterId: 'V1',
      encounterClass: 'outpatient',
      status: 'ended',
      department: null,
      startedAt: `${YEAR - 1}-01-05T08:00:00.000Z`,
      endedAt: `${YEAR - 1}-01-05T08:00:00.000Z`,
      recordedAt: `${YEAR - 1}-01-05T08:00:00.000Z`,
    });
    expect((await takeBack(ids[3] ?? 0)).json.state).toBe('stopped');
    for (const id of ids) await isDue(id);
    for (const id of ids) await becomes(id, 'stopped');
    const reasons = await Promise.all(ids.map(async (id) => (await disposal(id)).stoppedFor));
    expect(reasons).toEqual(['ON_HOLD', 'NOT_WITHDRAWN', 'RETAINED', 'TAKEN_BACK']);
    for (const { digest } of [held, restored, visited, taken])
      for (const store of stores()) expect(store.has(digest)).toBe(true);
    expect((await registry.get(`/dicom-web/studies/${restored.uid}`, MULTIPART)).status).toBe(200);
  });

  it('is not given up before its time, unless it was withdrawn, or twice', async () => {
    const [young, shown, twice] = [await withdrawn(5), await aged(), await withdrawn()];
    expect(codeOf(await confirm(young.uid))).toEqual([409, 'STUDY_IS_KEPT', 'RETAINED']);
    expect(codeOf(await confirm(shown.uid))).toEqual([409, 'STUDY_IS_KEPT', 'NOT_WITHDRAWN']);
    const { json } = await confirm(twice.uid);
    expect(codeOf(await confirm(twice.uid)).slice(0, 2)).toEqual([409, 'DISPOSAL_DECIDED_ALREADY']);
    expect((await register(json.disposalId)).status).toBe(200);
    expect(codeOf(await register(json.disposalId)).slice(0, 2)).toEqual([409, 'DISPOSAL_DECIDED_ALREADY']);
    // Not before the time of grace is over.
    await new Promise((wait) => setTimeout(wait, 3_000));
    expect((await disposal(json.disposalId)).state).toBe('registered');
  });

  it('is shown with the day on which it goes, what its retention rested on, and what keeps it again', async () => {
    const study = await withdrawn();
    const { json } = await confirm(study.uid);
    const id = json.disposalId as number;
    const shown = async (by = hospital) => (await by.ask('GET', `/disposals/${id}`)).json;
    const retention = {
      instances: 1,
      lastVisit: `${YEAR - 40}-01-05`,
      patientClass: 'unknown',
      retainUntil: `${YEAR - 10}-01-05`,
    };
    expect(await shown()).toEqual({ ...json, dueAt: null, obstacle: null, retention, rules: expect.any(Array) });
    const registeredAt = (await register(id)).json.registeredAt;
    const dueAt = new Date(Date.parse(registeredAt) + 24 * 3_600_000).toISOString();
    expect(await shown(commission)).toMatchObject({ state: 'registered', dueAt, obstacle: null, retention });
    await hospital.decide(study.uid, { decision: 'hold' });
    expect(await shown()).toMatchObject({ obstacle: 'ON_HOLD', retention });
    // A visit that keeps it says nothing more of itself.
    await registry.database.query(
      `INSERT INTO retention_rules VALUES ('330000', 'unknown', 60, '2000-01-01', NULL, 'A notice')`,
    );
    expect(await shown()).toMatchObject({ retention: null });
    await registry.database.query(`DELETE FROM retention_rules WHERE province = '330000'`);
    await takeBack(id);
    expect(await shown()).toMatchObject({ state: 'stopped', dueAt: null, obstacle: null, retention: null });
    const certificate = await hospital.ask('GET', `/disposals/${id}/certificate`);
    expect(codeOf(certificate).slice(0, 2)).toEqual([404, 'DISPOSAL_NOT_FOUND']);
    const foreign = new DecidingSteward(registry, 'H002');
    for (const path of [`/disposals/${id}`, `/disposals/${id}/certificate`])
      expect(codeOf(await foreign.ask('GET', path)).slice(0, 2)).toEqual([404, 'DISPOSAL_NOT_FOUND']);
  });

  it('is listed by states and by hospital, a page at a time, newest first', async () => {
    const made: number[] = [];
    for (let n = 0; n < 3; n += 1) made.unshift((await confirm((await withdrawn()).uid)).json.disposalId);
    const [newest = 0, second = 0, oldest = 0] = made;
    await register(second);
    await takeBack(oldest);
    const pageOf = async (query: string, by = commission) => {
      const { json } = await by.ask('GET', `/disposals?${query}`);
      const ids = json.disposals.map(({ disposalId }: { disposalId: number }) => disposalId);
      return { ids: ids.filter((id: number) => id >= oldest), next: json.next, graceDays: json.graceDays };
    };
    expect(await pageOf('limit=2')).toEqual({ ids: [newest, second], next: second, graceDays: 1 });
    expect((await pageOf(`limit=2&before=${second}`)).ids).toEqual([oldest]);
    expect((await pageOf('state=confirmed,registered')).ids).toEqual([newest, second]);
    expect((await pageOf('state=stopped&hospital=H001')).ids).toEqual([oldest]);
    expect((await pageOf('hospital=H002')).ids).toEqual([]);
    expect((await pageOf('hospital=H001', new DecidingSteward(registry, 'H002'))).ids).toEqual([]);
    for (const state of ['', 'gone', 'confirmed,gone'])
      expect((await commission.ask('GET', `/disposals?state=${state}`)).status).toBe(400);
    for (const id of [newest, second]) await takeBack(id);
  });

  it('is given up by its own hospital and by the commission, each by somebody else', async () => {
    const study = await withdrawn();
    const foreign = new DecidingSteward(registry, 'H002');
    expect(codeOf(await confirm(study.uid, foreign)).slice(0, 2)).toEqual([404, 'STUDY_NOT_FOUND']);
    expect(codeOf(await confirm(study.uid, commission)).slice(0, 2)).toEqual([403, 'ROLE_NOT_ALLOWED']);
    const { json } = await confirm(study.uid);
    expect(codeOf(await register(json.disposalId, hospital)).slice(0, 2)).toEqual([403, 'ROLE_NOT_ALLOWED']);
    for (const ask of [register, takeBack])
      expect(codeOf(await ask(json.disposalId, foreign)).slice(0, 2)).toEqual([404, 'DISPOSAL_NOT_FOUND']);
    await registry.database.query(`UPDATE disposals SET confirmed_by = 'steward.province' WHERE disposal_id = $1`, [
      json.disposalId,
    ]);
    expect(codeOf(await register(json.disposalId)).slice(0, 2)).toEqual([403, 'SECOND_STEWARD_NEEDED']);
    const listed = async (by: DecidingSteward) =>
      (await by.ask('GET', '/disposals?state=confirmed')).json.disposals.map(
        ({ disposalId }: { disposalId: number }) => disposalId,
      );
    expect(await listed(hospital)).toEqual([json.disposalId]);
    expect(await listed(foreign)).toEqual([]);
    for (const role of ['clinician', 'administrator', 'auditor'] as const)
      expect(codeOf(await confirm(study.uid, new DecidingSteward(registry, 'H001', role))).slice(0, 2)).toEqual([
        403,
        'ROLE_NOT_ALLOWED',
      ]);
  });

  it('is in the record of deeds, with who gave it up and who took it back', async () => {
    const { uid } = await withdrawn();
    const id = await registered(uid);
    await takeBack(id);
    await takeBack(id);
    expect((await registry.deeds(uid)).slice(1)).toEqual([
      ['disposal.confirm', 'steward.H001', 'H001', String(id), 'DONE'],
      ['disposal.register', 'steward.province', 'H001', String(id), 'DONE'],
      ['disposal.withdraw', 'steward.H001', 'H001', String(id), 'DONE'],
    ]);
  });

  it('does not come back by a copy that was under way', async () => {
    const study = await withdrawn();
    const id = await registered(study.uid);
    const { primary, replica: copy } = registry.service.app.get(ObjectPlaces);
    if (copy === undefined) throw new Error('There is a replica');
    const pack = putNow(registry.database, 'pack', study.digest);
    const keeps = async (put: () => Promise<void>) => {
      await isDue(id);
      await becomes(id, 'destroyed');
      return pack.keeps(put);
    };
    const healing = await healObject(copy.store, primary.store, { ...pack, keeps });
    expect(healing.kind).toBe('placed');
    for (const store of stores()) expect(store.has(study.digest)).toBe(false);
  });

  it('takes what was decided about it along, also what is damaged and what is just written again', async () => {
    const study = await withdrawn();
    const recordsOf = ({ folder }: StoredObjects) => globSync(join(folder, 'decisions', '*', study.uid, '*'));
    await until(() => stores().every((store) => recordsOf(store).length === 1));
    const [record = ''] = stores().flatMap(recordsOf);
    const checked = () =>
      registry.database.query('SELECT 1 FROM decision_checks WHERE study_uid = $1 AND due_at < now()', [study.uid]);
    const check = () =>
      registry.database.query('UPDATE decision_checks SET due_at = now() WHERE study_uid = $1', [study.uid]);
    await writeFile(record, 'no decision');
    await check();
    await until(async () => (await checked()).length === 0);
    expect(stores().flatMap(({ folder }) => globSync(join(folder, 'damaged', '*', `${study.uid}.*`)))).toHaveLength(1);
    const id = await registered(study.uid);
    await registry.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(study.uid);
      for (const path of stores().flatMap(recordsOf)) await rm(path);
      await check();
      // The check has come to this study by then, and waits.
      await pause(1_500);
      await isDue(id);
    });
    await becomes(id, 'destroyed');
    await pause(1_500);
    const left = stores().flatMap(({ folder }) => readdirSync(folder, { recursive: true, withFileTypes: true }));
    const files = left.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const certificates = Array(2).fill(`${study.uid}.${id}`);
    expect(files.filter((path) => path.includes(study.uid)).map((path) => basename(path))).toEqual(certificates);
  });

  it('waits for a replica that is away, and takes nothing in meanwhile; later it may come again, as a new one', async () => {
    const study = await withdrawn();
    const id = await registered(study.uid);
    const mark = join(replica, 'scrub', 'mark');
    const marked = await readFile(mark);
    await rm(mark);
    await isDue(id);
    await becomes(id, 'destroying');
    const refused = await registry.put(study);
    expect([refused.status, refused.json.code]).toEqual([503, 'UNAVAILABLE']);
    await writeFile(mark, marked);
    await becomes(id, 'destroyed');
    expect((await registry.put(study)).status).toBe(503);
    await registry.database.query(`UPDATE disposals SET ended_at = now() - interval '2 hours' WHERE disposal_id = $1`, [
      id,
    ]);
    expect((await registry.put(study)).status).toBe(201);
    expect((await registry.get(`/dicom-web/studies/${study.uid}`, MULTIPART)).status).toBe(200);
  });

  const UPDATES = { whatFails: 'rows', statement: 'UPDATE ON disposals', when: `NEW.state = 'destroying' AND NEW` };
  const DELETES = { whatFails: 'objects', statement: 'DELETE ON objects_to_destroy', when: 'OLD' };
  it.each([UPDATES, DELETES])(
    'lets those behind it go first when its $whatFails cannot be deleted, and goes later',
    async ({ statement, when }) => {
      const [failing, behind] = [await withdrawn(), await withdrawn()];
      const ids = [await registered(failing.uid), await registered(behind.uid)] as const;
      await registry.database.query(`CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE 'No'; END $$`);
      await registry.database.query(`CREATE TRIGGER refusing BEFORE ${statement} FOR EACH ROW
        WHEN (${when}.study_uid = '${failing.uid}') EXECUTE FUNCTION refuse()`);
      try {
        for (const id of ids) await isDue(id);
        await becomes(ids[1], 'destroyed');
        expect((await disposal(ids[0])).state).not.toBe('destroyed');
      } finally {
        await registry.database.query(`DROP TRIGGER refusing ON ${statement.replace(/.* ON /, '')}`);
      }
      await registry.database.query('UPDATE disposals SET try_at = now() WHERE disposal_id = $1', [ids[0]]);
      await becomes(ids[0], 'destroyed');
    },
  );
});
