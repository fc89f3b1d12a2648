import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@yinglian/persistence';
import { AT_DESK, ConsentAuditService } from './testing/consent-audit-service.js';

const PERSON = `P${'0'.repeat(26)}`;
const STUDY = '1.2.3.4';

describe('consent-audit', () => {
  let service: ConsentAuditService;
  const opening = (hospital: string) => service.opening(hospital, PERSON, STUDY);
  const accesses = async (query: string) => (await service.ask('auditor', null, 'GET', `accesses?${query}`)).body;

  beforeAll(async () => {
    service = await ConsentAuditService.start();
    await service.knows(PERSON, STUDY);
    await service.settled();
  });
  afterAll(() => service.stop());

  it('opens a study at once for who declares a relationship with a reason, and for nobody else', async () => {
    expect([await opening('H001'), await opening('H003')]).toEqual(['HOME_HOSPITAL', 'ACCESS_REASON_NEEDED']);
    const reason = "会诊'; DROP TABLE accesses; --";
    const about = { studyInstanceUid: STUDY, reason };
    const declared = await service.ask('clinician', 'H003', 'POST', 'declared-relationships', about);
    expect([declared.status, declared.body.personId]).toEqual([201, PERSON]);
    expect([await opening('H003'), await opening('H002')]).toEqual(['DECLARED_RELATIONSHIP', 'ACCESS_REASON_NEEDED']);
    const lastsMs = new Date(declared.body.expiresAt).getTime() - Date.now();
    expect(Math.round(lastsMs / 3_600_000)).toBe(8);
  });

  it('opens the studies of a person who is named, and follows a study whose events are still on their way', async () => {
    const person = `P${'1'.repeat(26)}`;
    const byPerson = { personId: person, reason: '急诊接诊' };
    expect((await service.ask('clinician', 'H002', 'POST', 'declared-relationships', byPerson)).status).toBe(201);
    expect(await service.opening('H002', person, '5.5')).toBe('DECLARED_RELATIONSHIP');
    await service.knows(person, '5.6');
    const byStudy = { studyInstanceUid: '5.6', reason: '急诊接诊' };
    const declared = await service.ask('clinician', 'H003', 'POST', 'declared-relationships', byStudy);
    expect([declared.status, declared.body.personId]).toEqual([201, person]);
  });

  it('refuses a declaration without a reason, about an unknown study, or by who is no clinician', async () => {
    const declare = async (role: 'clinician' | 'administrator', body: object) =>
      (await service.ask(role, 'H003', 'POST', 'declared-relationships', body)).body.code;
    expect(await declare('clinician', { studyInstanceUid: STUDY, reason: ' ' })).toBe('INVALID_REQUEST');
    expect(await declare('clinician', { studyInstanceUid: STUDY, reason: '会'.repeat(501) })).toBe('INVALID_REQUEST');
    expect(await declare('clinician', { studyInstanceUid: '9.9', reason: '会诊需要' })).toBe('STUDY_NOT_FOUND');
    expect(await declare('administrator', { studyInstanceUid: STUDY, reason: '会诊需要' })).toBe('ROLE_NOT_ALLOWED');
  });

  it('shows auditors, and nobody else, the reasons that were given', async () => {
    const list = (role: 'auditor' | 'clinician', query = '') =>
      service.ask(role, role === 'auditor' ? null : 'H003', 'GET', `declared-relationships?${query}`);
    const { body } = await list('auditor', `personId=${PERSON}`);
    expect(body.items).toMatchObject([
      { personId: PERSON, actor: { hospital: 'H003' }, reason: expect.stringMatching(/^会诊/) },
    ]);
    const first = (await list('auditor', 'limit=1')).body;
    const second = (await list('auditor', `limit=1&cursor=${first.next}`)).body;
    expect(second.items[0].relationshipId).not.toBe(first.items[0].relationshipId);
    expect((await list('auditor', 'hospital=H003')).body.items).toHaveLength(2);
    expect((await list('auditor', 'cursor=1_x')).body.code).toBe('INVALID_REQUEST');
    expect((await list('clinician')).body.code).toBe('ACCESS_DENIED');
  });

  it('closes studies to other hospitals while the patient objects, whatever was declared', async () => {
    const made = await service.closing(PERSON, '本人到场');
    expect(made.status).toBe(201);
    await service.settled();
    expect([await opening('H003'), await opening('H001')]).toEqual(['PATIENT_OBJECTS', 'HOME_HOSPITAL']);
    const takeBack = () => service.ask('steward', null, 'POST', `consents/${made.body.consentId}/end`, AT_DESK);
    expect((await takeBack()).status).toBe(200);
    expect(await opening('H003')).toBe('DECLARED_RELATIONSHIP');
    expect((await takeBack()).body.code).toBe('CONSENT_NOT_FOUND');
    const { body } = await service.ask('steward', null, 'GET', `persons/${PERSON}/consents`);
    expect(body.items).toMatchObject([{ note: '本人到场', endedAt: expect.any(String) }]);
    expect((await service.ask('clinician', 'H001', 'POST', 'consents', { ...AT_DESK })).body.code).toBe(
      'ROLE_NOT_ALLOWED',
    );
  });

  it('shows the auditor who saw what, newest first, and records that the auditor looked', async () => {
    await service.settled();
    const codes = (page: { items: { decision: { code: string } }[] }) =>
      page.items.map(({ decision }) => decision.code);
    expect(
      codes(await accesses(`personId=${PERSON}&actor=the.clinician.H003&action=study.retrieve`)).slice(-2),
    ).toEqual(['DECLARED_RELATIONSHIP', 'ACCESS_REASON_NEEDED']);
    expect((await accesses('outcome=deny&actor=the.clinician.H002')).items).toHaveLength(1);
    expect((await accesses('actor=CLINICIAN甲&limit=200')).items.length).toBeGreaterThan(5);
    expect((await accesses('actor=%25')).items).toEqual([]);
    const first = await accesses('limit=2');
    const second = await accesses(`limit=2&cursor=${first.next}`);
    expect(new Date(second.items[0].at).getTime()).toBeLessThanOrEqual(new Date(first.items[1].at).getTime());
    expect(new Set([...first.items, ...second.items].map(({ accessId }) => accessId)).size).toBe(4);
    await service.settled();
    expect((await accesses('actor=the.auditor.null')).items.length).toBeGreaterThan(0);
    expect((await accesses('cursor=nonsense')).code).toBe('INVALID_REQUEST');
  });

  it('refuses the list to everybody else, and records that they tried', async () => {
    for (const role of ['administrator', 'clinician', 'steward', 'patient'] as const) {
      const { status, body } = await service.ask(role, null, 'GET', 'accesses');
      expect([status, body.code]).toEqual([403, 'ACCESS_DENIED']);
    }
    await service.settled();
    const { items } = await accesses('outcome=deny&actor=the.administrator.null');
    expect(items).toMatchObject([{ action: 'audit.search', decision: { outcome: 'deny', code: 'ACCESS_DENIED' } }]);
  });

  it('cannot have its audit trail changed', async () => {
    const database = service.app.get(Database);
    for (const statement of ["UPDATE accesses SET code = 'x'", 'DELETE FROM accesses', 'TRUNCATE accesses']) {
      await expect(database.query(statement)).rejects.toThrow('never changed');
      const asReplica = database.transaction(async (tx) => {
        await tx.query('SET LOCAL session_replication_role = replica');
        await tx.query(statement);
      });
      await expect(asReplica).rejects.toThrow('never changed');
    }
  });

  it('shows nothing when the access cannot be recorded', async () => {
    const database = service.app.get(Database);
    await database.query('ALTER TABLE outbox RENAME TO outbox_gone');
    try {
      expect(await opening('H001')).toBe('UNAVAILABLE');
      const { status, body } = await service.ask('auditor', null, 'GET', 'accesses');
      expect([status, body.code, body.items]).toEqual([503, 'UNAVAILABLE', undefined]);
    } finally {
      await database.query('ALTER TABLE outbox_gone RENAME TO outbox');
    }
    expect(await opening('H001')).toBe('HOME_HOSPITAL');
  });
});
