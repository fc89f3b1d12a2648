import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EncounterRecordedV1 } from '@yinglian/contracts';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const YEAR = new Date().getUTCFullYear();
/** A day that many years ago, in January, as DICOM and as FHIR write it. */
const dicom = (yearsAgo: number) => `${YEAR - yearsAgo}0105`;
const iso = (yearsAgo: number) => `${YEAR - yearsAgo}-01-05`;

interface Proposal {
  readonly studyInstanceUid: string;
  readonly [field: string]: unknown;
}

describe('what a hospital could dispose of', () => {
  let registry: RegistryService;
  let steward: DecidingSteward;
  let patients = 0;
  beforeAll(async () => {
    registry = await RegistryService.start();
    steward = new DecidingSteward(registry, 'H001');
  });
  afterAll(() => registry.stop());

  const newPatient = () => `R${++patients}`;
  const study = async (patientId: string, yearsAgo: number, hospital = 'H001') => {
    const { studyUid, files } = testStudy({ patientId, studyDate: dicom(yearsAgo) });
    await registry.store(hospital, files);
    return studyUid;
  };
  type Class = 'inpatient' | 'outpatient' | 'emergency';
  const visit = (id: string, encounterClass: Class, from: number, to = from, more: object = {}) =>
    registry.publish(EncounterRecordedV1, {
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: '', id },
      encounterId: `V${id}.${from}`,
      encounterClass,
      status: 'ended',
      department: null,
      startedAt: `${iso(from)}T08:00:00.000Z`,
      endedAt: `${iso(to)}T08:00:00.000Z`,
      recordedAt: `${iso(to)}T08:00:00.000Z`,
      ...more,
    });
  /** All pages. */
  const proposals = async (by = steward, query = ''): Promise<Proposal[]> => {
    const found: Proposal[] = [];
    for (let after = ''; ; ) {
      const { status, json } = await by.ask('GET', `/disposal-proposals?limit=3${query}${after}`);
      if (status !== 200) throw new Error(JSON.stringify(json));
      found.push(...json.proposals);
      if (json.next === null) return found;
      after = `&afterDate=${json.next.studyDate}&afterStudy=${json.next.studyInstanceUid}`;
    }
  };
  const proposalOf = async (uid: string) =>
    (await proposals()).find(({ studyInstanceUid }) => studyInstanceUid === uid) ?? null;

  it('is old enough by the law’s periods: 15 years after an outpatient’s last visit, 30 after an inpatient’s, 30 where it is not known', async () => {
    const [out, inside, emergency, unknown, ancient] = [1, 2, 3, 4, 5].map(newPatient) as [
      string,
      string,
      string,
      string,
      string,
    ];
    await visit(out, 'outpatient', 16);
    await visit(inside, 'inpatient', 16);
    await visit(emergency, 'emergency', 16);
    const uids = await Promise.all([out, inside, emergency, unknown].map((patient) => study(patient, 16)));
    const old = await study(ancient, 31);
    const found = new Map((await proposals()).map((one) => [one.studyInstanceUid, one]));
    expect(uids.map((uid) => found.has(uid))).toEqual([true, false, false, false]);
    expect(found.get(uids[0] ?? '')).toEqual({
      studyInstanceUid: uids[0],
      studyDate: dicom(16),
      isWithdrawn: false,
      instances: 1,
      retainUntil: iso(1),
      lastVisit: iso(16),
      patientClass: 'outpatient',
      disposal: null,
    });
    expect(found.get(old)).toMatchObject({ retainUntil: iso(1), patientClass: 'unknown' });
    const { json } = await steward.ask('GET', '/disposal-proposals');
    expect(json.rules.map(({ patientClass, years }: Record<string, unknown>) => [patientClass, years])).toEqual([
      ['inpatient', 30],
      ['outpatient', 15],
      ['unknown', 30],
    ]);
  });

  it('moves forward with each visit of the patient, under whatever number, and back with none that was cancelled', async () => {
    const [patient, other] = [newPatient(), newPatient()];
    await visit(patient, 'outpatient', 18);
    const uid = await study(patient, 18);
    expect(await proposalOf(uid)).toMatchObject({ retainUntil: iso(3) });
    await visit(patient, 'outpatient', 10, 10, { status: 'cancelled' });
    expect(await proposalOf(uid)).toMatchObject({ retainUntil: iso(3) });
    await visit(other, 'outpatient', 2);
    expect(await proposalOf(uid)).not.toBeNull();
    const personId = `P${'7'.repeat(26)}`;
    for (const id of [patient, other]) await registry.link('H001', id, personId);
    expect(await proposalOf(uid)).toBeNull();
  });

  it('is not what an admission of the same episode keeps, nor a later study', async () => {
    const [admitted, seen] = [newPatient(), newPatient()];
    await visit(admitted, 'outpatient', 20);
    await visit(admitted, 'inpatient', 19);
    await visit(seen, 'outpatient', 20);
    const uids = [await study(admitted, 20), await study(seen, 20)];
    expect(await proposalOf(uids[0] ?? '')).toBeNull();
    expect(await proposalOf(uids[1] ?? '')).not.toBeNull();
    await study(seen, 3);
    expect(await proposalOf(uids[1] ?? '')).toBeNull();
  });

  it('is not what a legal hold keeps, and is what was withdrawn', async () => {
    const uid = await study(newPatient(), 40);
    await steward.decide(uid, { decision: 'hold' });
    expect(await proposalOf(uid)).toBeNull();
    expect((await steward.ask('GET', '/disposal-proposals?limit=200')).json).toMatchObject({
      held: 1,
      heldStudies: [{ studyInstanceUid: uid, studyDate: dicom(40), retainUntil: iso(10), isWithdrawn: false }],
    });
    await steward.withdraw(uid);
    expect(await proposalOf(uid)).toBeNull();
    await steward.decide(uid, { decision: 'release' });
    expect(await proposalOf(uid)).toMatchObject({ isWithdrawn: true, disposal: null });
    const { json } = await steward.ask('POST', '/disposals', { studyInstanceUid: uid, note: '保管期满' });
    expect(await proposalOf(uid)).toMatchObject({ disposal: { disposalId: json.disposalId, state: 'confirmed' } });
    await steward.ask('DELETE', `/disposals/${json.disposalId}`);
    expect(await proposalOf(uid)).toMatchObject({ disposal: null });
  });

  it('follows rules that are data: of the province too, from the day on that they say, the longest of them', async () => {
    const patient = newPatient();
    await visit(patient, 'outpatient', 17);
    const uid = await study(patient, 17);
    const rule = (years: number, from: string, to: string | null) =>
      registry.database.query(`INSERT INTO retention_rules VALUES ('330000', 'outpatient', $1, $2, $3, 'A notice')`, [
        years,
        from,
        to,
      ]);
    await rule(18, '2000-01-01', iso(1));
    expect(await proposalOf(uid)).not.toBeNull();
    await rule(18, iso(1), null);
    expect(await proposalOf(uid)).toBeNull();
    await registry.database.query(`DELETE FROM retention_rules WHERE province = '330000'`);
  });

  it('is shown to stewards of the hospital and of the commission, and recorded', async () => {
    const foreign = new DecidingSteward(registry, 'H002');
    const commission = new DecidingSteward(registry);
    const theirs = await study(newPatient(), 40, 'H002');
    const answered = async (by: DecidingSteward, query: string) => {
      const { status, json } = await by.ask('GET', `/disposal-proposals${query}`);
      return [status, json.code ?? null];
    };
    expect((await proposals(foreign)).map(({ studyInstanceUid }) => studyInstanceUid)).toEqual([theirs]);
    expect(await proposals(commission, '&hospital=H002')).toEqual(await proposals(foreign));
    expect(await answered(foreign, '?hospital=H001')).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect(await answered(commission, '')).toEqual([400, 'INVALID_REQUEST']);
    for (const role of ['clinician', 'administrator'] as const)
      expect(await answered(new DecidingSteward(registry, 'H001', role), '')).toEqual([403, 'ROLE_NOT_ALLOWED']);
    const looks = (await registry.events('audit')).map(({ data }) => data);
    expect(looks).toContainEqual(expect.objectContaining({ query: ['disposal-proposals'] }));
  });
});
