import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PatientDescribedV1 } from '@yinglian/contracts';
import { observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

describe('observed patients', () => {
  let index: PatientIndexService;
  beforeAll(async () => {
    index = await PatientIndexService.start(2);
  });
  afterAll(() => index.stop());

  const linksOf = async (...ids: string[]) =>
    (await index.links())
      .filter(({ patient }) => ids.includes(patient.id))
      .map(({ patient, personId, reason, version }) => ({ id: patient.id, personId, reason, version }))
      .sort((a, b) => a.version - b.version);
  const conflictsOf = (id: string) =>
    index.database.query('SELECT kind, number, other_person_id, decision FROM conflicts WHERE local_id = $1', [id]);

  it('of two hospitals under two spellings are one person by the resident id', async () => {
    const residentId = residentIdOf(1);
    const first = observed('H001', { id: 'A1', pn: '王^小雨', residentId });
    const second = observed('H002', { id: residentId, pn: 'WANG^XIAOYU' });
    await index.observe(first);
    await index.observe(second);
    const personId = await index.personOf(first);
    expect(personId).toMatch(/^P[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(await linksOf('A1', residentId)).toEqual([
      { id: 'A1', personId, reason: 'NEW_PERSON', version: 1 },
      { id: residentId, personId, reason: 'STRONG_ID', version: 1 },
    ]);
  });

  it('of a message of HIS, before any image, are linked like those of images', async () => {
    const residentId = residentIdOf(77);
    const admitted = observed('H001', { pn: '沈^思远', residentId, studyInstanceUid: null });
    const imaged = observed('H002', { pn: 'SHEN^SIYUAN', residentId });
    await index.observe(admitted);
    await index.observe(imaged);
    expect(await index.personOf(imaged)).toBe(await index.personOf(admitted));
  });

  it('whose images were stored at the registry are linked like those of a gateway', async () => {
    const residentId = residentIdOf(78);
    const stored = observed('H001', { pn: '顾^清源', residentId });
    const described = {
      ...stored,
      studyInstanceUid: '1.2.3.78',
      phones: [],
      addresses: [],
      mother: null,
      birthOrder: null,
    };
    const otherIds = stored.otherIds.map((other) => ({ ...other, type: 'UNKNOWN' as const }));
    await index.tell(PatientDescribedV1, { ...described, otherIds });
    const imaged = observed('H002', { pn: 'GU^QINGYUAN', residentId });
    await index.observe(imaged);
    expect(await index.personOf(imaged)).toBe(await index.personOf(stored));
  });

  it('with 15 digits, full-width digits or a lower-case x are the same', async () => {
    await index.observe(observed('H001', { id: 'A15', pn: '李^娜', residentId: '339901491231006' }));
    const later = observed('H002', { id: 'A18', pn: 'LI^NA', residentId: '３３９９０１19491231006x' });
    await index.observe(later);
    expect(await linksOf('A18')).toEqual([
      { id: 'A18', personId: await index.personOf(later), reason: 'STRONG_ID', version: 1 },
    ]);
  });

  it('of one name and birth date are two persons without an id', async () => {
    const same = { pn: '张^伟', birthDate: '19700101' };
    const [a, b] = [observed('H001', same), observed('H002', same)];
    await index.observe(a, b);
    expect(await index.personOf(a)).not.toBe(await index.personOf(b));
  });

  it('who are likely one are two all the same, and a steward is asked', async () => {
    const same = { pn: '欧阳^靖', birthDate: '19700415', sex: 'F' };
    const [a, b] = [observed('H001', same), observed('H002', same)];
    await index.observe(a);
    await index.observe(b);
    expect(await index.personOf(a)).not.toBe(await index.personOf(b));
    const [conflict] = await index.database.query<{ kind: string; other_person_id: string; bits: number }>(
      'SELECT kind, other_person_id, bits FROM conflicts WHERE local_id = $1',
      [b.patient.id],
    );
    expect(conflict).toEqual({
      kind: 'LIKELY_SAME',
      other_person_id: await index.personOf(a),
      bits: expect.any(Number),
    });
    expect(conflict?.bits).toBeGreaterThan(3);
  });

  it('who are somebody else by their ids are not asked about, however alike', async () => {
    const same = { pn: '欧阳^靖轩', birthDate: '19800203', sex: 'M' };
    const [a, b] = [
      observed('H001', { ...same, residentId: residentIdOf(501) }),
      observed('H002', { ...same, residentId: residentIdOf(502) }),
    ];
    await index.observe(a);
    await index.observe(b);
    expect(await conflictsOf(b.patient.id)).toEqual([]);
  });

  it('of a number that a thousand use are linked by it no more, and a steward is asked a few times only', async () => {
    const residentId = residentIdOf(503);
    const names = Array.from({ length: 60 }, (_, n) => String.fromCodePoint(0x5f20 + n * 3, 0x4e00 + n * 17));
    for (const pn of names) await index.observe(observed('H001', { pn, residentId }));
    const [asked] = await index.database.query<{ asked: number }>(
      'SELECT count(*)::int AS asked FROM conflicts WHERE number = $1',
      [`RESIDENT_ID ${residentId}`],
    );
    expect(asked).toEqual({ asked: 10 });
    const [first] = names;
    const honest = observed('H002', { pn: first ?? '', residentId });
    await index.observe(honest);
    expect(await linksOf(honest.patient.id)).toEqual([expect.objectContaining({ reason: 'NEW_PERSON' })]);
  });

  it('with a placeholder for an id are not one', async () => {
    const [a, b] = ['111111111111111', '111111111111111'].map((residentId) =>
      observed('H001', { pn: '张^伟', residentId }),
    );
    if (a === undefined || b === undefined) throw new Error('unreachable');
    await index.observe(a, b);
    expect(await index.personOf(a)).not.toBe(await index.personOf(b));
  });

  it('of another name and birth date with the same card are kept apart, for a steward', async () => {
    const residentId = residentIdOf(3);
    const owner = observed('H001', { pn: '周^明', residentId, birthDate: '19800203' });
    const borrower = observed('H002', { id: 'BORROWER', pn: '吴^刚', residentId, birthDate: '19650809' });
    await index.observe(owner);
    await index.observe(borrower);
    await index.observe({ ...borrower, studyInstanceUid: '1.2.3.4' });
    const holder = await index.personOf(owner);
    expect(await index.personOf(borrower)).not.toBe(holder);
    expect(await conflictsOf('BORROWER')).toEqual([
      { kind: 'SHARED_ID', number: `RESIDENT_ID ${residentId}`, other_person_id: holder, decision: null },
    ]);
    const next = observed('H003', { pn: '周^明', residentId });
    await index.observe(next);
    expect(await index.personOf(next)).toBe(holder);
  });

  it('whose id is learnt late are one with its holder, or claim it when it is free', async () => {
    const early = observed('H001', { id: 'LATE', pn: '郑^兰' });
    await index.observe(early);
    const before = await index.personOf(early);
    const residentId = residentIdOf(4);
    const holder = observed('H002', { pn: '郑^兰', residentId });
    await index.observe(holder);
    const personId = await index.personOf(holder);
    await index.observe({ ...early, otherIds: [{ id: residentId, issuer: '' }] });
    expect(await index.personOf(early)).toBe(personId);
    expect(await linksOf('LATE')).toEqual([
      { id: 'LATE', personId: before, reason: 'NEW_PERSON', version: 1 },
      { id: 'LATE', personId, reason: 'STRONG_ID', version: 2 },
    ]);
    expect(await index.events('persons')).toContainEqual({
      personId: before,
      survivorPersonId: personId,
      version: 1,
      mergedAt: expect.any(String),
    });
    const free = observed('H001', { pn: '何^文' });
    await index.observe(free);
    const freeId = residentIdOf(5);
    await index.observe({ ...free, otherIds: [{ id: freeId, issuer: '' }] });
    const joins = observed('H003', { pn: '何^文', residentId: freeId });
    await index.observe(joins);
    expect(await index.personOf(joins)).toBe(await index.personOf(free));
  });

  it('whose id is learnt late, and is that of somebody else, wait for a steward', async () => {
    const residentId = residentIdOf(8);
    const [early, holder] = [
      observed('H001', { id: 'LATE2', pn: '许^文' }),
      observed('H002', { pn: '郑^兰', residentId }),
    ];
    await index.observe(early, holder);
    const before = await index.personOf(early);
    await index.observe({ ...early, otherIds: [{ id: residentId, issuer: '' }] });
    expect(await index.personOf(early)).toBe(before);
    expect(await conflictsOf('LATE2')).toEqual([
      {
        kind: 'LATE_ID',
        number: `RESIDENT_ID ${residentId}`,
        other_person_id: await index.personOf(holder),
        decision: null,
      },
    ]);
  });

  it('that are newborn do not become their mother', async () => {
    const residentId = residentIdOf(6);
    const mother = observed('H001', { pn: '王^芳', residentId });
    const child = observed('H001', { pn: '王芳之子', residentId, birthDate: '20261120' });
    await index.observe(mother);
    await index.observe(child);
    expect(await index.personOf(child)).not.toBe(await index.personOf(mother));
  });

  it('that arrive twenty at once in several processes are one person', async () => {
    const residentId = residentIdOf(7);
    const arrivals = Array.from({ length: 20 }, (_, n) =>
      observed(`H00${(n % 3) + 1}`, { id: `C${n}`, pn: n % 2 === 0 ? '冯^远' : 'FENG^YUAN', residentId }),
    );
    await index.observe(...arrivals);
    const people = await Promise.all(arrivals.map((arrival) => index.personOf(arrival)));
    expect(new Set(people).size).toBe(1);
    const links = await linksOf(...arrivals.map(({ patient }) => patient.id));
    expect(links.map(({ reason }) => reason).sort()).toEqual(['NEW_PERSON', ...Array(19).fill('STRONG_ID')]);
    expect(links.every(({ version }) => version === 1)).toBe(true);
  });

  it('count once when their event comes again, and are kept in versions when they change', async () => {
    const patient = observed('H001', { id: 'AGAIN', pn: '沈^括' });
    await index.publish(patient, 'the same event');
    await index.publish(patient, 'the same event');
    await index.observe(patient, { ...patient, studyInstanceUid: '1.2.9' });
    await index.observe({ ...patient, birthDate: '19900909', sex: 'M' });
    const versions = await index.database.query(
      'SELECT version, birth_date, sex FROM observations JOIN patients USING (patient_no) WHERE local_id = $1 ORDER BY version',
      ['AGAIN'],
    );
    expect(versions).toEqual([
      { version: 1, birth_date: null, sex: '' },
      { version: 2, birth_date: '19900909', sex: 'M' },
    ]);
    expect(await linksOf('AGAIN')).toHaveLength(1);
  });

  it('with quotes, scripts, signs and broken characters in every text get a person like others', async () => {
    const evil = `'; DROP TABLE persons; -- <script>alert(1)</script> %_\\ \u0000\ud800`;
    const patient = observed('H001', {
      id: `'"%_\\<script>`,
      pn: evil,
      birthDate: `'%_`,
      sex: '<b>',
      otherIds: [{ id: evil, issuer: evil }],
    });
    await index.observe(patient);
    const personId = await index.personOf(patient);
    const { body } = await index.ask('clinician', 'GET', `persons/${personId}`);
    expect(body).toMatchObject({
      name: "'; DROP TABLE persons; -- <script>alert(1)</script> %_\\ ?",
      birthDate: null,
      sex: '',
      patients: [{ hospital: 'H001', issuer: '', id: `'"%_\\<script>` }],
    });
  });
});
