import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonsMergedV1, PersonsSplitV1, type Role, StaffChangedV1 } from '@yinglian/contracts';
import { AT_DESK, ConsentAuditService } from '../testing/consent-audit-service.js';
import { emergency, newPatient, person } from '../testing/emergency.js';

const AT = '2026-11-24T08:00:00.000Z';
let accounts = 0;

describe('accounts of patients', () => {
  let service: ConsentAuditService;
  let patient: string;
  let study: string;
  let account: string;

  const exists = (subject: string, roles: Role[], active = true) =>
    service.told(StaffChangedV1, {
      subject,
      hospital: null,
      displayName: '患者',
      roles,
      active,
      version: 1,
      changedAt: AT,
    });
  const link = (more: object = {}) =>
    service.ask('steward', 'H001', 'POST', 'account-links', {
      account,
      personId: patient,
      standing: 'self',
      ...AT_DESK,
      ...more,
    });
  const asPatient = (method: string, path: string, body?: object, subject = account) =>
    service.askAs(person('patient', null, { subject }), method, path, body);
  const own = async () => (await asPatient('GET', 'own-persons')).body.items;
  const close = (subject = account) =>
    asPatient('POST', 'consents', { personId: patient, decision: 'closes', scope: { kind: 'person' } }, subject);
  const born = (birthDate: string) => service.born(patient, birthDate);
  const guardian = { standing: 'guardian', proof: { kind: 'household-register', reference: '户 3501-77' } };

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    ({ personId: patient, study } = newPatient());
    accounts += 1;
    account = `p.${accounts}`;
    await service.knows(patient, study);
    // What the directory says of an account that a clerk has just made is not waited for here.
    await service.settled();
    await exists(account, ['patient']);
  });

  it('stand for the person whose document a clerk saw, until they are unlinked', async () => {
    expect([await own(), (await close()).body.code]).toEqual([[], 'ACCESS_DENIED']);
    const { status, body } = await link();
    expect([status, body.endsAt, await own()]).toEqual([
      201,
      null,
      [{ personId: patient, standing: 'self', endsAt: null }],
    ]);
    const { items } = (await service.ask('steward', 'H001', 'GET', `persons/${patient}/account-links`)).body;
    expect(items).toMatchObject([
      { account, standing: 'self', identity: 'resident-id', linkedBy: 'the.steward.H001', linkedAtHospital: 'H001' },
    ]);
    expect((await service.ask('steward', null, 'DELETE', `account-links/${body.linkId}`)).status).toBe(200);
    expect([await own(), (await asPatient('GET', `persons/${patient}/sharing`)).body.code]).toEqual([
      [],
      'ACCESS_DENIED',
    ]);
    expect((await service.ask('steward', null, 'DELETE', `account-links/${body.linkId}`)).body.code).toBe(
      'LINK_NOT_FOUND',
    );
  });

  it('close and open by themselves, and nobody else’s', async () => {
    await link();
    const { body } = await close();
    await service.settled();
    expect(await service.opening('H003', patient, study)).toBe('PATIENT_OBJECTS');
    expect((await asPatient('GET', `persons/${patient}/sharing`)).body.all).toMatchObject({ closed: true, except: [] });
    const statements = `persons/${patient}/consents`;
    const [said] = (await asPatient('GET', statements)).body.items;
    expect(said).toMatchObject({ by: { kind: 'patient' }, identity: 'account' });
    expect(said).not.toHaveProperty('recordedBy');
    expect((await service.ask('steward', null, 'GET', statements)).body.items[0].recordedBy).toBe(account);
    await exists('p.stranger', ['patient']);
    const stranger = [
      await close('p.stranger'),
      await asPatient('POST', `consents/${body.consentId}/end`, {}, 'p.stranger'),
      await asPatient('GET', `persons/${patient}/looks`, undefined, 'p.stranger'),
    ];
    expect(stranger.map((refused) => refused.body.code)).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED', 'ACCESS_DENIED']);
    expect((await asPatient('POST', `consents/${body.consentId}/end`, {})).status).toBe(200);
    await service.settled();
    expect(await service.opening('H003', patient, study)).toBe('ACCESS_REASON_NEEDED');
  });

  it('are linked by clerks alone, and only of patients who may sign in and are nobody’s own', async () => {
    await exists('dr.lin', ['clinician']);
    await exists('p.closed', ['patient'], false);
    await link();
    const other = newPatient().personId;
    const refused = [
      await link({ account: 'dr.lin' }),
      await link({ account: 'p.closed' }),
      await link({ account: 'p.nobody' }),
      await link({ personId: other }),
      await link({ standing: 'guardian' }),
      await asPatient('POST', 'account-links', { account, personId: other, standing: 'self', ...AT_DESK }),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual([
      'ACCOUNT_NOT_OF_PATIENT',
      'ACCOUNT_NOT_OF_PATIENT',
      'ACCOUNT_NOT_OF_PATIENT',
      'ACCOUNT_LINKED',
      'INVALID_REQUEST',
      'ROLE_NOT_ALLOWED',
    ]);
  });

  it('of a guardian stand for a child until the 14th birthday', async () => {
    expect((await link(guardian)).body.code).toBe('BIRTH_DATE_UNKNOWN');
    const year = new Date().getUTCFullYear();
    await born(`${year - 5}0601`);
    await service.settled();
    expect((await link()).body.code).toBe('GUARDIAN_NEEDED');
    expect((await link(guardian)).body.endsAt).toBe(`${year + 9}-05-31T16:00:00.000Z`);
    await close();
    const [said] = (await asPatient('GET', `persons/${patient}/consents`)).body.items;
    expect(said).toMatchObject({ by: { kind: 'guardian', proof: guardian.proof }, identity: 'account' });
  });

  it('of a guardian do not stand for somebody who is 14', async () => {
    await born('20000601');
    await service.settled();
    expect((await link(guardian)).body.code).toBe('GUARDIAN_NO_MORE');
  });

  it('show who looked, from where and why, without a name; and what waited to be told', async () => {
    await link();
    await service.opening('H001', patient, study);
    const clinician = person('clinician', 'H003');
    const { body } = await service.askAs(clinician, 'POST', 'break-glass', emergency({ personId: patient }));
    await service.askAs(clinician, 'DELETE', `break-glass/${body.breakGlassId}`);
    await service.settled();
    const looks = (await asPatient('GET', `persons/${patient}/looks`)).body;
    expect(looks.items).toContainEqual({
      accessId: expect.any(String),
      at: expect.any(String),
      lastAt: expect.any(String),
      count: 1,
      isOwn: false,
      roles: ['clinician'],
      hospital: 'H001',
      action: 'study.retrieve',
      purposeOfUse: 'TREAT',
      studyInstanceUid: study,
      outcome: 'permit',
      code: 'HOME_HOSPITAL',
    });
    expect(JSON.stringify(looks)).not.toMatch(/甲|the\./);
    expect(looks.items.filter(({ isOwn }: { isOwn: boolean }) => isOwn)).toEqual([]);
    await service.settled();
    const also = (await asPatient('GET', `persons/${patient}/looks?own=true`)).body.items;
    expect(also).toContainEqual(expect.objectContaining({ isOwn: true, action: 'audit.search', code: 'OWN_RECORD' }));
    const notices = (await asPatient('GET', 'notices')).body;
    expect(notices).toMatchObject({ unread: 1, items: [{ kind: 'break-glass.ended', about: { personId: patient } }] });
    await asPatient('PUT', `notices/${notices.items[0].noticeId}/reading`);
    expect((await asPatient('GET', 'notices')).body.unread).toBe(0);
    expect((await asPatient('GET', 'notices', undefined, 'p.stranger')).body.items).toEqual([]);
    expect((await asPatient('GET', `accesses?personId=${patient}`)).body.code).toBe('ROLE_NOT_ALLOWED');
  });

  it('stand for neither of two who were one when they are split, and what was opened meanwhile is closed again', async () => {
    const other = newPatient().personId;
    await service.closing(other);
    const merged = { personId: other, survivorPersonId: patient, version: 1, mergedAt: new Date().toISOString() };
    await service.told(PersonsMergedV1, merged);
    await service.settled();
    await link();
    const opened = { personId: patient, decision: 'opens', scope: { kind: 'person' } };
    expect((await asPatient('POST', 'consents', opened)).status).toBe(201);
    await service.settled();
    expect(await service.opening('H003', other, study)).toBe('ACCESS_REASON_NEEDED');
    await service.told(PersonsSplitV1, {
      personId: other,
      fromPersonId: patient,
      version: 2,
      splitAt: new Date().toISOString(),
    });
    await service.settled();
    await service.settled();
    expect([await service.opening('H003', other, study), await own()]).toEqual(['PATIENT_OBJECTS', []]);
    await service.told(PersonsMergedV1, { ...merged, version: 3 });
    await service.settled();
    expect([await service.opening('H003', other, study), await own()]).toEqual(['PATIENT_OBJECTS', []]);
  });
});
