import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@yinglian/persistence';
import type { TestPerson } from '@yinglian/platform/testing';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { newPatient, person } from '../testing/emergency.js';

const auditor = person('auditor', null);

describe('a case of the auditors', () => {
  let service: ConsentAuditService;
  let accessIds: string[];
  let patient: { personId: string; study: string };

  const ask = (method: string, path: string, body?: object, who = auditor) =>
    service.askAs(who, method, `cases${path}`, body);
  const open = async (ids = accessIds) =>
    (await ask('POST', '', { title: '无诊治关系的查看', accessIds: ids })).body.caseId;
  const add = (caseId: string, entry: object, who = auditor) => ask('POST', `/${caseId}/entries`, entry, who);

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    patient = newPatient();
    await service.knows(patient.personId, patient.study);
    await service.opening('H002', patient.personId, patient.study);
    await service.settled();
    const { body } = await service.askAs(auditor, 'GET', `accesses?studyInstanceUid=${patient.study}&outcome=deny`);
    accessIds = body.items.map(({ accessId }: { accessId: string }) => accessId);
    expect(accessIds).toHaveLength(1);
  });

  it('has its records, is noted, decided and answered, and keeps all that was written', async () => {
    const caseId = await open();
    await add(caseId, { kind: 'note', body: '已电话联系科室' });
    expect((await add(caseId, { kind: 'answer', body: '您好' })).body.code).toBe('CASE_NOT_DECIDED');
    await add(caseId, { kind: 'verdict', verdict: 'improper', body: '无工作理由' });
    const decided = (await ask('GET', `/${caseId}`)).body;
    expect(decided).toMatchObject({
      caseId,
      origin: 'auditor',
      title: '无诊治关系的查看',
      personId: patient.personId,
      state: 'decided',
      verdict: 'improper',
      records: [{ accessId: accessIds[0], studyInstanceUid: patient.study }],
      letter: { zh: expect.stringContaining('致歉'), en: expect.stringContaining('apologise') },
    });
    await add(caseId, { kind: 'answer', body: decided.letter.zh });
    await add(caseId, { kind: 'verdict', verdict: 'unlawful', body: '补充证据' });
    const after = (await ask('GET', `/${caseId}`)).body;
    expect([after.state, after.verdict]).toEqual(['decided', 'unlawful']);
    expect(after.entries.map(({ kind, verdict }: { kind: string; verdict: string }) => [kind, verdict])).toEqual([
      ['note', null],
      ['verdict', 'improper'],
      ['answer', null],
      ['verdict', 'unlawful'],
    ]);
    const database = service.app.get(Database);
    await expect(database.query("UPDATE case_entries SET body = ''")).rejects.toThrow('never changed');
    const deeds = await database.query('SELECT action, code FROM accesses WHERE object_id = $1 ORDER BY position', [
      caseId,
    ]);
    expect(deeds).toEqual([
      { action: 'case.open', code: 'auditor' },
      { action: 'case.note', code: 'DONE' },
      { action: 'case.close', code: 'improper' },
      { action: 'case.answer', code: 'DONE' },
      { action: 'case.close', code: 'unlawful' },
    ]);
  });

  it('is about records that are there', async () => {
    const { status, body } = await ask('POST', '', { title: '没有这条记录', accessIds: [...accessIds, randomUUID()] });
    expect([status, body.code]).toEqual([404, 'RECORD_NOT_FOUND']);
    expect((await add(randomUUID(), { kind: 'note', body: 'x' })).body.code).toBe('CASE_NOT_FOUND');
  });

  it('is decided by nobody whom its records name', async () => {
    const { body } = await service.askAs(auditor, 'GET', 'accesses?actor=the.auditor.null&limit=1');
    const caseId = await open([body.items[0].accessId]);
    const verdict = { kind: 'verdict', verdict: 'unfounded', body: '我自己' };
    expect((await add(caseId, verdict)).body.code).toBe('CASE_OF_OWN');
    expect((await add(caseId, verdict, person('auditor', 'H001'))).status).toBe(201);
  });

  it('is listed by state, page by page, newest first, and counted', async () => {
    const cases = [await open(), await open(), await open()];
    await add(cases[0], { kind: 'verdict', verdict: 'unfounded', body: '值班医生' });
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { items, next } = (await ask('GET', `?limit=1${cursor}`)).body;
      seen.push(...items.map(({ caseId }: { caseId: string }) => caseId));
      if (next === null || seen.length > 50) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen.slice(0, 2)).toEqual([cases[2], cases[1]]);
    expect(new Set(seen).size).toBe(seen.length);
    expect((await ask('GET', '?state=decided&limit=1')).body.items).toMatchObject([{ caseId: cases[0] }]);
    const { items } = (await ask('GET', '/statistics?from=2026-01-01T00:00:00Z&to=2100-01-01T00:00:00Z')).body;
    expect(items).toContainEqual({
      origin: 'auditor',
      state: 'open',
      verdict: null,
      cases: seen.length,
      medianHours: null,
    });
    expect(items).toContainEqual(expect.objectContaining({ verdict: 'unfounded', medianHours: expect.any(Number) }));
  });

  it('is the auditors’ alone, and the refusal is recorded', async () => {
    const caseId = await open();
    const others = [person('clinician', 'H001'), person('administrator', null), person('steward', null)];
    for (const who of others) {
      const refused = [
        await ask('GET', '', undefined, who),
        await ask('GET', `/${caseId}`, undefined, who),
        await ask('POST', '', { title: '不该成立', accessIds }, who),
        await add(caseId, { kind: 'note', body: 'x' }, who),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    }
    await service.settled();
    const denied = await service.askAs(auditor, 'GET', 'accesses?actor=the.steward.null&outcome=deny');
    expect(denied.body.items).toHaveLength(4);
  });

  describe('by a patient who says that a look is wrong', () => {
    let account: TestPerson;
    beforeEach(() => {
      account = person('patient', null, { subject: `p.${randomUUID()}` });
    });
    const complain = (accessId: string, reason = '我不认识这家医院', who = account) =>
      ask('POST', '', { accessId, reason }, who);

    it('is opened once for a record about whom their account stands for, and for none about others', async () => {
      const [accessId = ''] = accessIds;
      const notTheirs = [404, 'RECORD_NOT_FOUND'];
      const before = await complain(accessId);
      expect([before.status, before.body.code]).toEqual(notTheirs);
      await service.linkAccount(account.subject, patient.personId);
      const first = await complain(accessId);
      expect(first.status).toBe(201);
      expect((await complain(accessId, '再说一次')).body).toEqual(first.body);
      expect((await ask('GET', `/${first.body.caseId}`)).body).toMatchObject({
        origin: 'patient',
        title: '我不认识这家医院',
        personId: patient.personId,
        records: [{ accessId }],
      });
      const stranger = await complain(accessId, '不是我', person('patient', null, { subject: 'p.stranger' }));
      const unknown = await complain(randomUUID());
      expect([stranger, unknown].map(({ status, body }) => [status, body.code])).toEqual([notTheirs, notTheirs]);
    });

    it('reads its answer and what it found, and neither notes nor names of who looked into it', async () => {
      await service.linkAccount(account.subject, patient.personId);
      const [accessId = ''] = accessIds;
      const { caseId } = (await complain(accessId)).body;
      const mine = async () => (await service.askAs(account, 'GET', `persons/${patient.personId}/complaints`)).body;
      const complaint = { caseId, reason: '我不认识这家医院', saidAt: expect.any(String), accessIds: [accessId] };
      expect(await mine()).toEqual({ items: [{ ...complaint, state: 'received', answers: [] }] });
      await add(caseId, { kind: 'note', body: '内部：dr.zhao 说不清' });
      await add(caseId, { kind: 'verdict', verdict: 'unfounded', body: '内部：有转诊单' });
      expect(await mine()).toEqual({ items: [{ ...complaint, state: 'examined', answers: [] }] });
      await add(caseId, { kind: 'answer', body: '您好：该院有您的转诊单。' });
      const answeredAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
      const first = { text: '您好：该院有您的转诊单。', answeredAt, verdict: 'unfounded' };
      const answered = await mine();
      expect(answered).toEqual({ items: [{ ...complaint, state: 'answered', answers: [first] }] });
      expect(JSON.stringify(answered)).not.toMatch(/内部|auditor|clinician/);
      await add(caseId, { kind: 'verdict', verdict: 'improper', body: '内部：转诊单是后补的' });
      expect(await mine()).toEqual({ items: [{ ...complaint, state: 'examined', answers: [first] }] });
      await add(caseId, { kind: 'answer', body: '我们更正结论。' });
      const second = { text: '我们更正结论。', answeredAt, verdict: 'improper' };
      expect(await mine()).toEqual({ items: [{ ...complaint, state: 'answered', answers: [second, first] }] });
    });

    it('is answered to whoever the account stands for, to a guardian too, and to no other patient', async () => {
      await service.linkAccount(account.subject, patient.personId);
      const { caseId } = (await complain(accessIds[0] ?? '')).body;
      await add(caseId, { kind: 'verdict', verdict: 'unfounded', body: '值班' });
      await add(caseId, { kind: 'answer', body: '只给本人的信' });
      const path = `persons/${patient.personId}/complaints`;
      const other = person('patient', null, { subject: 'p.other' });
      await service.linkAccount(other.subject, newPatient().personId);
      const roles = ['steward', 'clinician', 'administrator'] as const;
      const guardian = person('patient', null, { subject: 'p.guardian' });
      await service.born(patient.personId, `${new Date().getUTCFullYear() - 5}0601`);
      await service.settled();
      const proof = { kind: 'household-register', reference: '户 3501-77' };
      for (const who of [other, ...roles.map((role) => person(role, null))]) {
        const refused = await service.askAs(who, 'GET', path);
        expect([refused.status, JSON.stringify(refused.body).includes('只给本人的信')]).toEqual([403, false]);
      }
      await service.linkAccount(guardian.subject, patient.personId, { standing: 'guardian', proof });
      expect((await service.askAs(guardian, 'GET', path)).body.items).toMatchObject([{ caseId, state: 'answered' }]);
    });
  });
});
