import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

const RESIDENT_ID = residentIdOf(1);
const MASKED = `${RESIDENT_ID.slice(0, 6)}********${RESIDENT_ID.slice(14)}`;

describe('a conflict in full', () => {
  let index: PatientIndexService;
  beforeAll(async () => {
    index = await PatientIndexService.start();
  });
  afterAll(() => index.stop());

  const asked = async () => {
    const { body } = await index.ask('steward', 'GET', 'conflicts?state=open');
    return String(body.conflicts[0].conflictId);
  };

  it('puts the record in question beside those of the other person, each with all it ever said', async () => {
    const owner = observed('H001', { pn: '周^明', residentId: RESIDENT_ID, sex: 'M', birthDate: '19800203' });
    const borrower = observed('H002', { pn: '吴^刚', residentId: RESIDENT_ID, birthDate: '19650809', sex: 'M' });
    await index.observe(owner);
    await index.observe(
      { ...owner, hospital: 'H003', patient: { hospital: 'H003', issuer: '', id: 'X9' }, studyInstanceUid: null },
      borrower,
    );
    await index.observe({ ...borrower, birthDate: '19650890', observedAt: '2026-11-25T08:00:00.000Z' });
    const shown = await index.ask('steward', 'GET', `conflicts/${await asked()}`);
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({
      kind: 'SHARED_ID',
      risk: 100,
      waiting: false,
      idNumberMasked: MASKED,
      personId: await index.personOf(borrower),
      otherPersonId: await index.personOf(owner),
      recordsLeftOut: 0,
      questions: [],
    });
    const told = (birthDate: string | null, version: number, at: string) => ({
      version,
      names: [{ written: '吴刚', readings: 'wu gang' }],
      birthDate,
      sex: 'M',
      numbers: [{ type: 'RESIDENT_ID', masked: MASKED }],
      phones: [],
      addresses: [],
      motherName: null,
      birthOrder: null,
      flags: birthDate === null ? [] : ['BIRTH_DATE_CONTRADICTS_ID'],
      byStudy: true,
      observedAt: at,
    });
    expect(shown.body.records[0]).toEqual({
      side: 'asked',
      agreements: [],
      evidence: null,
      patient: borrower.patient,
      personId: await index.personOf(borrower),
      firstSeenAt: '2026-11-24T08:00:00.000Z',
      lastDescribedAt: '2026-11-25T08:00:00.000Z',
      statements: [told(null, 2, '2026-11-25T08:00:00.000Z'), told('19650809', 1, '2026-11-24T08:00:00.000Z')],
      statementsLeftOut: 0,
    });
    const others = shown.body.records.slice(1);
    expect(others.map((one: { side: string }) => one.side)).toEqual(['other', 'other']);
    expect(others.map((one: { patient: { id: string } }) => one.patient.id).sort()).toEqual([owner.patient.id, 'X9']);
    expect(others[0].agreements).toEqual([
      { field: 'name', agreement: 'differ' },
      { field: 'birthDate', agreement: 'differ' },
      { field: 'sex', agreement: 'agree' },
      { field: 'number', agreement: 'agree' },
      { field: 'phone', agreement: 'unknown' },
      { field: 'address', agreement: 'unknown' },
    ]);
    const { priorBits, bits, probability, fields } = others[0].evidence;
    const sum = fields.reduce((all: number, field: { bits: number }) => all + field.bits, priorBits);
    expect(sum).toBeCloseTo(bits, 6);
    expect(probability).toBeCloseTo(1 / (1 + 2 ** -bits), 6);
    const bitsOf = (name: string) => fields.find(({ field }: { field: string }) => field === name)?.bits;
    expect(bitsOf('strongNumber')).toBeGreaterThan(10);
    expect(bitsOf('hanName')).toBeLessThan(0);
    expect(JSON.stringify(shown.body)).not.toContain(RESIDENT_ID);
  });

  it('shows five records at most, and says how many there are more', async () => {
    for (let n = 0; n < 4; n += 1)
      await index.observe(observed('H003', { pn: '周^明', residentId: RESIDENT_ID, birthDate: '19800203' }));
    const { body } = await index.ask('steward', 'GET', `conflicts/${await asked()}`);
    expect([body.records.length, body.recordsLeftOut]).toEqual([5, 2]);
    const records = await index.ask('steward', 'GET', `persons/${body.otherPersonId}/records`);
    expect(records.body.records).toHaveLength(6);
  });

  it('is recorded as a look at both persons', async () => {
    const { body } = await index.ask('steward', 'GET', `conflicts/${await asked()}`);
    const audit = await index.events('audit');
    for (const personId of [body.personId, body.otherPersonId])
      expect(audit).toContainEqual(expect.objectContaining({ action: 'person.read', personId, query: ['conflicts'] }));
  });

  it('is not there when there is none', async () => {
    expect((await index.ask('steward', 'GET', 'conflicts/999999')).body.code).toBe('CONFLICT_NOT_FOUND');
    const nobody = `persons/P${'0'.repeat(26)}/records`;
    expect((await index.ask('steward', 'GET', nobody)).body.code).toBe('PERSON_NOT_FOUND');
  });
});
