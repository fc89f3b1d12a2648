import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DepartmentChangedV1, type Role, StaffChangedV1 } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { emergency, newPatient, person } from '../testing/emergency.js';

/** H004 has an administrator and an auditor of its own, H003 has neither. */
describe('notices', () => {
  let service: ConsentAuditService;
  let patient: string;

  const staff = (subject: string, role: Role, hospital: string | null, version = 1, active = true) =>
    service.told(StaffChangedV1, {
      subject,
      hospital,
      displayName: subject,
      roles: [role],
      active,
      version,
      changedAt: '2026-12-04T08:00:00.000Z',
    });
  const breakGlass = async (hospital: string) =>
    (await service.askAs(person('clinician', hospital), 'POST', 'break-glass', emergency({ personId: patient }))).body
      .breakGlassId;
  const inbox = async (role: Role, hospital: string | null, query = '') =>
    (await service.ask(role, hospital, 'GET', `notices${query}`)).body;
  /** Who has a notice of it. */
  const heardBy = async (breakGlassId: string) => {
    const readers = [
      ['administrator', null],
      ['administrator', 'H003'],
      ['administrator', 'H004'],
      ['auditor', null],
      ['auditor', 'H004'],
      ['clinician', 'H003'],
      ['patient', null],
    ] as const;
    const heard: string[] = [];
    for (const [role, hospital] of readers) {
      const { items } = await inbox(role, hospital);
      for (const { about, kind } of items)
        if (about.breakGlassId === breakGlassId) heard.push(`${role} ${hospital} ${kind}`);
    }
    return heard;
  };

  beforeAll(async () => {
    service = await ConsentAuditService.start();
    await staff('leader.H004', 'administrator', 'H004');
    await staff('auditor.H004', 'auditor', 'H004');
    await service.settled();
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    ({ personId: patient } = newPatient());
  });

  it('go at once to the administrators and auditors of the hospital', async () => {
    expect(await heardBy(await breakGlass('H004'))).toEqual([
      'administrator H004 break-glass.opened',
      'auditor H004 break-glass.opened',
    ]);
  });

  it('go to the commission’s where the hospital has none, or none who may sign in', async () => {
    const commission = ['administrator null break-glass.opened', 'auditor null break-glass.opened'];
    expect(await heardBy(await breakGlass('H003'))).toEqual(commission);
    await staff('auditor.H004', 'auditor', 'H004', 2, false);
    await staff('auditor.H004', 'auditor', 'H004', 1);
    await service.settled();
    expect(await heardBy(await breakGlass('H004'))).toEqual([
      'administrator H004 break-glass.opened',
      'auditor null break-glass.opened',
    ]);
    await staff('auditor.H004', 'auditor', 'H004', 3);
    await service.settled();
  });

  it('go to the head of the opener’s department instead of the administrators, as long as they may sign in', async () => {
    const headed = (head: string | null, version: number) =>
      service.told(DepartmentChangedV1, {
        hospital: 'H004',
        code: 'EMR',
        name: '急诊科',
        head,
        version,
        changedAt: '2026-12-04T08:00:00.000Z',
      });
    const opened = async (subject: string) => {
      const who = person('clinician', 'H004', { subject, department: 'EMR' });
      return (await service.askAs(who, 'POST', 'break-glass', emergency({ personId: patient }))).body.breakGlassId;
    };
    const head = person('clinician', 'H004', { subject: 'dr.head' });
    const headHas = async (breakGlassId: string) =>
      (await service.askAs(head, 'GET', 'notices')).body.items.some(
        ({ about }: { about: { breakGlassId: string } }) => about.breakGlassId === breakGlassId,
      );
    await staff('dr.head', 'clinician', 'H004');
    await headed('dr.head', 2);
    await service.settled();
    const first = await opened('dr.one');
    expect([await headHas(first), await heardBy(first)]).toEqual([true, ['auditor H004 break-glass.opened']]);
    const own = await opened('dr.head');
    expect([await headHas(own), await heardBy(own)]).toEqual([
      false,
      ['administrator H004 break-glass.opened', 'auditor H004 break-glass.opened'],
    ]);
    await staff('dr.head', 'clinician', 'H004', 2, false);
    await service.settled();
    const later = await opened('dr.two');
    expect([await headHas(later), (await heardBy(later))[0]]).toEqual([false, 'administrator H004 break-glass.opened']);
  });

  it('name the patient by the province’s identifier alone, and carry no reason', async () => {
    const breakGlassId = await breakGlass('H003');
    const { items } = await inbox('auditor', null);
    expect(items[0]).toEqual({
      noticeId: expect.any(String),
      kind: 'break-glass.opened',
      sentAt: expect.any(String),
      readAt: null,
      about: {
        breakGlassId,
        personId: patient,
        kind: 'unconscious',
        actor: { displayName: 'clinician甲', hospital: 'H003', department: null },
        openedAt: expect.any(String),
        closedAt: null,
      },
    });
  });

  it('are read by each reader for themselves', async () => {
    await breakGlass('H004');
    const before = await inbox('auditor', 'H004', '?unread=true');
    expect(before.unread).toBe(before.items.length);
    const { noticeId } = before.items[0];
    const read = (role: Role, hospital: string | null) =>
      service.ask(role, hospital, 'PUT', `notices/${noticeId}/reading`);
    expect((await read('auditor', 'H004')).status).toBe(200);
    expect((await read('auditor', 'H004')).status).toBe(200);
    expect((await read('auditor', null)).body.code).toBe('NOTICE_NOT_FOUND');
    const after = await inbox('auditor', 'H004');
    expect(after.unread).toBe(before.unread - 1);
    expect(after.items[0]).toMatchObject({ noticeId, readAt: expect.any(String) });
    const colleague = { ...person('auditor', 'H004'), subject: 'another.auditor' };
    expect((await service.askAs(colleague, 'GET', 'notices')).body.items[0]).toMatchObject({ noticeId, readAt: null });
  });

  it('wait for the patient once it has ended', async () => {
    const breakGlassId = await breakGlass('H003');
    const waiting = () =>
      service.app
        .get(Database)
        .query('SELECT kind, to_person AS person FROM notices WHERE break_glass_id = $1 AND to_person IS NOT NULL', [
          breakGlassId,
        ]);
    expect(await waiting()).toEqual([]);
    await service.askAs(person('clinician', 'H003'), 'DELETE', `break-glass/${breakGlassId}`);
    expect(await waiting()).toEqual([{ kind: 'break-glass.ended', person: patient }]);
  });
});
