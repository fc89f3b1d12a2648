import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CT_STUDY_DATE, ctSeries, fileOf } from '@yinglian/testing';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { RegistryService, StudyReceivedV1 } from '../testing/registry-service.js';
import { type TestStudy, testStudy } from '../testing/test-study.js';

const STEWARD = { subject: 'the.steward', roles: ['steward' as const], hospital: null };
const DICOM = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const FHIR = 'application/fhir+json';
let persons = 0;

describe('a study that is withdrawn', () => {
  let registry: RegistryService;
  let steward: DecidingSteward;
  beforeAll(async () => {
    registry = await RegistryService.start();
    steward = new DecidingSteward(registry);
  });
  afterAll(() => registry.stop());

  /** A study of H001 and one of H002 of one person; `study` is what is withdrawn. */
  async function aPerson() {
    persons += 1;
    const personId = `P${String(persons).padStart(26, '0')}`;
    const series = ctSeries(2, `W${persons}`);
    const other = testStudy({ patientId: `E${persons}`, studyDate: '20260103' });
    await registry.store('H001', series.slices.map(fileOf));
    await registry.store('H002', other.files);
    await registry.link('H001', `W${persons}`, personId);
    await registry.link('H002', `E${persons}`, personId);
    return { personId, series, uid: series.studyInstanceUid, other };
  }
  type Someone = Awaited<ReturnType<typeof aPerson>>;

  /** Whatever tells anything of a study by a list: addresses, and who asks there. */
  const lists = ({ personId, uid, series }: Someone) =>
    [
      [`/dicom-web/studies?StudyInstanceUID=${uid}`],
      [`/dicom-web/studies?PatientID=${personId}`],
      [`/dicom-web/studies?PatientID=${series.patientId}`],
      ['/dicom-web/studies?limit=1000'],
      [`/dicom-web/studies?StudyDate=${CT_STUDY_DATE}-${CT_STUDY_DATE}&ModalitiesInStudy=CT&PatientName=Bench*`],
      [`/dicom-web/series?SeriesInstanceUID=${series.seriesInstanceUid}`],
      [`/dicom-web/series?PatientID=${personId}`],
      [`/dicom-web/instances?PatientID=${personId}`],
      [`/fhir/ImagingStudy?_id=${uid}`],
      [`/fhir/ImagingStudy?series=urn:oid:${series.seriesInstanceUid}`],
      ['/fhir/ImagingStudy'],
      [`/api/study-registry/persons/${personId}/studies`],
      [`/api/study-registry/persons/${personId}/study-outline`, STEWARD],
    ] as const;
  const told = async (someone: Someone): Promise<string[]> =>
    Promise.all(
      lists(someone).map(async ([path, who]) => {
        const { status, body } = await registry.get(path, path.startsWith('/fhir') ? FHIR : '*/*', who);
        return `${path} ${status} ${body.toString().replace(/"(lastUpdated|versionId)":"[^"]*"/g, '')}`;
      }),
    );
  /** Whatever opens it, by its UID. */
  const openings = ({ uid, series }: Someone) => {
    const study = `/dicom-web/studies/${uid}`;
    const image = `${study}/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}`;
    return [
      [study, DICOM],
      [`${study}/series/${series.seriesInstanceUid}`, DICOM],
      [image, 'application/dicom'],
      [`${study}/metadata`, 'application/dicom+json'],
      [`${image}/metadata`, 'application/dicom+json'],
      [`${image}/frames/1`, 'application/octet-stream'],
      [`${image}/bulkdata/7FE00010`, 'application/octet-stream'],
      [`${image}/rendered`, 'image/png'],
      [`${study}/thumbnail`, 'image/jpeg'],
      [`${study}/series`, 'application/dicom+json'],
      [`${study}/instances`, 'application/dicom+json'],
      [`/fhir/ImagingStudy/${uid}`, FHIR],
      [`/api/study-registry/studies/${uid}/manifest`, 'application/dicom'],
    ] as const;
  };
  const opened = (someone: Someone, hospital = 'H001') =>
    Promise.all(
      openings(someone).map(async ([path, accept]) => {
        const { status, json } = await registry.get(path, accept, { hospital });
        return [path, status, json?.code ?? json?.issue?.[0]?.code ?? null];
      }),
    );
  const eventsOf = async (uid: string) =>
    (await registry.events('studies')).filter(({ subject, data }) => subject === uid || data.studyInstanceUid === uid);
  const changesOf = async (uid: string) => {
    const token = await registry.issuer.serviceToken({ clientId: 'c', scopes: ['changes:read'], hospital: null });
    const headers = { authorization: `Bearer ${token}` };
    const { json } = await registry.ask('GET', '/api/study-registry/changes?limit=1000', { headers });
    return json.changes
      .filter((change: { studyInstanceUid: string }) => change.studyInstanceUid === uid)
      .map(({ kind, version, instances }: Record<string, unknown>) => [kind, version, instances]);
  };

  it('is in no list and opened by nobody; when that is taken back, everything is as it was', async () => {
    const someone = await aPerson();
    const { uid } = someone;
    const before = await told(someone);
    expect(before.filter((answer) => !answer.includes(`"${uid}"`)).map((answer) => answer.split(' ')[0])).toEqual([
      `/api/study-registry/persons/${someone.personId}/study-outline`,
    ]);
    expect((await opened(someone)).map(([, status]) => status)).toEqual(openings(someone).map(() => 200));

    expect(await steward.withdraw(uid)).toMatchObject({ status: 200, json: { isWithdrawn: true, version: 2 } });
    expect((await told(someone)).filter((answer) => answer.includes(`"${uid}"`))).toEqual([]);
    const outline = (await told(someone)).find((answer) => answer.includes('/study-outline')) ?? '';
    expect([outline.includes('"hospital":"H002"'), outline.includes('"hospital":"H001"')]).toEqual([true, false]);
    const gone = await opened(someone);
    expect(gone.map(([, status]) => status)).toEqual(gone.map(() => 410));
    expect(new Set(gone.map(([, , code]) => code))).toEqual(new Set(['STUDY_WITHDRAWN', 'deleted']));

    expect(await steward.restore(uid)).toMatchObject({ status: 200, json: { isWithdrawn: false, version: 3 } });
    expect(await told(someone)).toEqual(before);
    expect((await opened(someone)).map(([, status]) => status)).toEqual(openings(someone).map(() => 200));
  });

  it('treats nobody: by it alone its hospital may neither list nor open what others made of the person', async () => {
    const someone = await aPerson();
    const { uid, other } = someone;
    // A permit lasts for some seconds to who has it: each time somebody else asks.
    let clinicians = 0;
    const mine = async () => {
      const subject = `dr.${++clinicians}`;
      const found = await registry.find('/studies?limit=1000', { subject });
      const address = `/dicom-web/studies/${other.studyUid}/metadata`;
      const { status } = await registry.get(address, 'application/dicom+json', { subject });
      return [found.some((study) => study['0020000D']?.Value?.[0] === other.studyUid), status];
    };
    expect(await mine()).toEqual([true, 200]);
    await steward.withdraw(uid);
    expect(await mine()).toEqual([false, 403]);
    await steward.restore(uid);
    expect(await mine()).toEqual([true, 200]);
  });

  it('says that it was withdrawn only to who could have opened it', async () => {
    const someone = await aPerson();
    const stranger = () => opened(someone, 'H003');
    const before = await stranger();
    await steward.withdraw(someone.uid);
    const after = await stranger();
    const byOpening = (answers: typeof before) => answers.slice(0, 9).map(([, status, code]) => [status, code]);
    expect(byOpening(before)).toEqual(Array(9).fill([403, 'ACCESS_REASON_NEEDED']));
    expect(byOpening(after)).toEqual(byOpening(before));
  });

  it('is told of: events, changes and the record of who decided and why', async () => {
    const { uid } = await aPerson();
    await steward.withdraw(uid, { reason: '113038', note: '工作列表选错' });
    await steward.restore(uid, { note: '核实无误' });
    expect((await eventsOf(uid)).map(({ type, data }) => [type, data.version, data.reason ?? data.instances])).toEqual([
      ['study.registered.v1', 1, 2],
      ['study.withdrawn.v1', 2, '113038'],
      ['study.restored.v1', 3, 2],
    ]);
    expect(await changesOf(uid)).toEqual([
      ['registered', 1, 2],
      ['withdrawn', 2, 0],
      ['restored', 3, 2],
    ]);
    const made = { decidedBy: 'steward.province', decidedAt: expect.any(String), instances: 2, received: null };
    const whole = { ...made, seriesInstanceUid: null, sopInstanceUid: null, decidedByName: expect.any(String) };
    expect((await steward.decisionsOf(uid)).json).toEqual({
      isWithdrawn: false,
      isHeld: false,
      instances: 2,
      shownInstances: 2,
      study: expect.objectContaining({ studyInstanceUid: uid, instances: 2, series: [expect.any(Object)] }),
      decisions: [
        { ...whole, number: 1, decision: 'withdraw', reason: '113038', note: '工作列表选错' },
        { ...whole, number: 2, decision: 'restore', reason: null, note: '核实无误' },
      ],
    });
    const looks = (await registry.events('audit')).map(({ data }) => data);
    expect(looks).toContainEqual(expect.objectContaining({ studyInstanceUid: uid, query: ['withdraw'] }));
  });

  it('is in the record of deeds, with each decision about it', async () => {
    const { uid } = await aPerson();
    await steward.withdraw(uid);
    await steward.withdraw(uid);
    await steward.restore(uid);
    await steward.decide(uid, { decision: 'hold' });
    await steward.decide(uid, { decision: 'release' });
    expect(await registry.deeds(uid)).toEqual([
      ['study.withdraw', 'steward.province', 'H001', undefined, '113037'],
      ['study.restore', 'steward.province', 'H001', undefined, 'DONE'],
      ['study.hold', 'steward.province', 'H001', undefined, 'DONE'],
      ['study.release', 'steward.province', 'H001', undefined, 'DONE'],
    ]);
  });

  it('stays withdrawn whatever arrives: it is stored, told to its gateway as not served, and shown when it is restored', async () => {
    const study = testStudy({ patientId: 'LATE' }, 3);
    const { studyUid, files } = study;
    const [first = Buffer.alloc(0), second = Buffer.alloc(0), third = Buffer.alloc(0)] = files;
    const known = await registry.store('H001', [first]);
    await steward.withdraw(studyUid);
    expect((await registry.put(known)).json).toMatchObject({ stored: 1, notServed: [0] });
    await registry.store('H001', [second]);
    await registry.store('H001', [third]);
    await registry.publish(StudyReceivedV1, {
      hospital: 'H001',
      studyInstanceUid: studyUid,
      instances: 3,
      reason: 'QUIET_TIME',
      quietSince: '2026-11-24T08:00:00.000Z',
    });
    expect(await registry.find(`/studies?StudyInstanceUID=${studyUid}`)).toEqual([]);
    expect((await registry.get(`/dicom-web/studies/${studyUid}`, DICOM)).status).toBe(410);
    expect((await steward.decisionsOf(studyUid)).json).toMatchObject({ instances: 3, shownInstances: 0 });
    expect((await changesOf(studyUid)).at(-1)).toEqual(['withdrawn', 2, 0]);
    const listed = (await steward.ask('GET', '/decisions?decision=withdraw')).json.decisions;
    expect(listed[0]).toMatchObject({ studyInstanceUid: studyUid, stands: true, instances: 1, registered: 3 });
    await steward.restore(studyUid);
    expect(await changesOf(studyUid)).toEqual([
      ['registered', 1, 1],
      ['withdrawn', 2, 0],
      ['restored', 3, 3],
      ['completed', 4, 3],
    ]);
    expect((await eventsOf(studyUid)).map(({ type }) => type).slice(-2)).toEqual([
      'study.restored.v1',
      'study.completed.v2',
    ]);
    expect((await registry.put(known)).json).toMatchObject({ stored: 1, notServed: [] });
  });

  it('is withdrawn once, while packs of it arrive, and by one of many who decide at once', async () => {
    const study = testStudy({ patientId: 'RACE' }, 12);
    const [first = Buffer.alloc(0), ...others] = study.files;
    await registry.store('H001', [first]);
    const decisions = ['withdraw', 'hold', 'withdraw', 'withdraw'] as const;
    const [answers] = await Promise.all([
      Promise.all(decisions.map((decision) => steward.decide(study.studyUid, { decision }))),
      ...others.map((file) => registry.store('H001', [file])),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
    expect((await steward.decisionsOf(study.studyUid)).json).toMatchObject({
      isWithdrawn: true,
      isHeld: true,
      instances: 12,
      shownInstances: 0,
    });
    const changes: [string, number, number][] = await changesOf(study.studyUid);
    expect(changes.map(([, version]) => version)).toEqual(changes.map((_, at) => at + 1));
    expect(changes.at(-1)?.[0]).toBe('withdrawn');
    expect((await eventsOf(study.studyUid)).filter(({ type }) => type === 'study.withdrawn.v1')).toHaveLength(1);
    await steward.restore(study.studyUid);
    expect((await registry.find(`/studies/${study.studyUid}/instances`)).length).toBe(12);
  });

  describe('is decided about', () => {
    let study: TestStudy;
    beforeAll(async () => {
      study = testStudy({ patientId: 'WHO' });
      await registry.store('H001', study.files);
    });
    const answered = ({ status, json }: Awaited<ReturnType<DecidingSteward['ask']>>) => [status, json?.code ?? null];

    it('by stewards only', async () => {
      for (const role of ['clinician', 'administrator', 'auditor', 'patient'] as const) {
        const someone = new DecidingSteward(registry, 'H001', role);
        expect(answered(await someone.withdraw(study.studyUid))).toEqual([403, 'ROLE_NOT_ALLOWED']);
        expect(answered(await someone.decisionsOf(study.studyUid))).toEqual([403, 'ROLE_NOT_ALLOWED']);
        expect(answered(await someone.ask('GET', '/decisions'))).toEqual([403, 'ROLE_NOT_ALLOWED']);
      }
      const nobody = await registry.ask('POST', `/api/study-registry/studies/${study.studyUid}/decisions`, {});
      expect(nobody.status).toBe(401);
    });

    it('by those of the hospital that made it: to another’s it is like a UID that was guessed', async () => {
      const foreign = new DecidingSteward(registry, 'H002');
      const guessed = '1.2.826.0.1.3680043.10.1561.7.1';
      for (const uid of [study.studyUid, guessed]) {
        expect(answered(await foreign.withdraw(uid))).toEqual([404, 'STUDY_NOT_FOUND']);
        expect(answered(await foreign.decisionsOf(uid))).toEqual([404, 'STUDY_NOT_FOUND']);
      }
      expect(await registry.find(`/studies?StudyInstanceUID=${study.studyUid}`)).toHaveLength(1);
      const own = new DecidingSteward(registry, 'H001');
      expect((await own.withdraw(study.studyUid)).status).toBe(200);
      expect(answered(await foreign.restore(study.studyUid))).toEqual([404, 'STUDY_NOT_FOUND']);
      const seen = async (by: DecidingSteward, query = '') =>
        (await by.ask('GET', `/decisions?limit=100${query}`)).json.decisions.some(
          ({ studyInstanceUid }: { studyInstanceUid: string }) => studyInstanceUid === study.studyUid,
        );
      expect(await Promise.all([seen(own), seen(steward), seen(foreign), seen(foreign, '&hospital=H001')])).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect((await own.restore(study.studyUid)).status).toBe(200);
    });

    it('with a reason of IOCM, a note, and once', async () => {
      const wrong = [
        { decision: 'withdraw', note: 'x', reason: '113000' },
        { decision: 'withdraw', note: ' ', reason: '113001' },
        { decision: 'withdraw', note: 'x' },
        { decision: 'restore', note: 'x', reason: '113001' },
        { decision: 'hold', note: 'x', seriesInstanceUid: `${study.studyUid}.1` },
        { decision: 'withdraw', note: 'x', reason: '113001', sopInstanceUid: '1.2' },
        { decision: 'purge', note: 'x' },
      ];
      for (const body of wrong) {
        const answer = await steward.ask('POST', `/studies/${study.studyUid}/decisions`, body);
        expect(answered(answer)).toEqual([400, 'INVALID_REQUEST']);
      }
      expect(answered(await steward.restore(study.studyUid))).toEqual([409, 'STUDY_DECIDED_ALREADY']);
      expect((await steward.decide(study.studyUid, { decision: 'hold' })).json).toMatchObject({ isHeld: true });
      expect(answered(await steward.decide(study.studyUid, { decision: 'hold' }))).toEqual([
        409,
        'STUDY_DECIDED_ALREADY',
      ]);
      expect((await steward.decide(study.studyUid, { decision: 'release' })).json).toMatchObject({ isHeld: false });
      expect((await eventsOf(study.studyUid)).map(({ type }) => type).slice(-2)).toEqual([
        'study.held.v1',
        'study.released.v1',
      ]);
    });

    it('page by page, newest first', async () => {
      const pages: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { json } = await steward.ask('GET', `/decisions?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
        pages.push(...json.decisions.map(({ decidedAt, number }: Record<string, unknown>) => `${decidedAt} ${number}`));
        cursor = json.nextCursor;
      }
      const [{ decisions } = { decisions: 0 }] = await registry.database.query<{ decisions: number }>(
        'SELECT count(*)::int AS decisions FROM study_decisions',
      );
      expect(pages).toHaveLength(decisions);
      expect(pages.map((page) => page.slice(0, 24))).toEqual(
        pages
          .map((page) => page.slice(0, 24))
          .sort()
          .reverse(),
      );
      expect((await steward.ask('GET', '/decisions?cursor=x')).status).toBe(400);
    });
  });
});
