import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonsMergedV1 } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { until } from '@yinglian/testing';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { emergency, newPatient, person } from '../testing/emergency.js';

const AT = '2026-12-04T08:00:00.000Z';

describe('breaking the glass', () => {
  let service: ConsentAuditService;
  let patient: string;
  let study: string;

  const post = (who: object, body: object) => service.askAs(who as never, 'POST', 'break-glass', body);
  const breakGlass = (hospital: string, more = {}) =>
    post(person('clinician', hospital, more), emergency({ studyInstanceUid: study }));
  const end = (hospital: string, breakGlassId: string) =>
    service.askAs(person('clinician', hospital), 'DELETE', `break-glass/${breakGlassId}`);
  const openOf = async (hospital: string) =>
    (await service.ask('clinician', hospital, 'GET', 'break-glass/open')).body.items;
  const opening = (hospital: string) => service.opening(hospital, patient, study);
  const told = async (type: string) => {
    await service.settled();
    const records = await service.log.query<{ data: Record<string, unknown> }>(
      `SELECT envelope::jsonb -> 'data' AS data FROM event_log.records
       WHERE envelope::jsonb ->> 'type' = $1 AND envelope::jsonb -> 'data' ->> 'personId' = $2 ORDER BY position`,
      [type, patient],
    );
    return records.map(({ data }) => data);
  };

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    ({ personId: patient, study } = newPatient());
    await service.knows(patient, study);
    expect((await service.closing(patient)).status).toBe(201);
    await service.settled();
  });

  it('opens what the patient closed for two hours, to who broke it, at once', async () => {
    expect(await opening('H003')).toBe('PATIENT_OBJECTS');
    const { status, body } = await breakGlass('H003', { department: 'EMR' });
    expect([status, body]).toEqual([
      201,
      {
        breakGlassId: expect.any(String),
        personId: patient,
        kind: 'unconscious',
        openedAt: expect.any(String),
        expiresAt: new Date(Date.parse(body.openedAt) + 7_200_000).toISOString(),
      },
    ]);
    expect([await opening('H003'), await opening('H002')]).toEqual(['BREAK_GLASS', 'PATIENT_OBJECTS']);
    expect(await openOf('H003')).toContainEqual(body);
    expect(await openOf('H002')).not.toContainEqual(body);
    expect(await told('break-glass.opened.v1')).toEqual([
      { ...body, subject: 'the.clinician.H003', hospital: 'H003', department: 'EMR' },
    ]);
  });

  it('needs a second factor that was proved within five minutes', async () => {
    const minutesAgo = (minutes: number) => ({ secondFactorAt: new Date(Date.now() - minutes * 60_000) });
    const answers = [
      await service.ask('clinician', 'H003', 'POST', 'break-glass', emergency({ personId: patient })),
      await breakGlass('H003', minutesAgo(5.1)),
      await breakGlass('H003', minutesAgo(-10)),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [403, 'SECOND_FACTOR_NEEDED']),
    );
    expect(await opening('H003')).toBe('PATIENT_OBJECTS');
    expect((await breakGlass('H003', minutesAgo(4.5))).status).toBe(201);
  });

  it('is refused without a reason or a kind, of an unknown study, and to who is no clinician of a hospital', async () => {
    const clinician = person('clinician', 'H003');
    const asked = emergency({ personId: patient });
    const codes = [
      await post(clinician, { ...asked, reason: '昏迷' }),
      await post(clinician, { ...asked, reason: `${' '.repeat(20)}昏迷` }),
      await post(clinician, { ...asked, reason: '长'.repeat(501) }),
      await post(clinician, { ...asked, kind: 'curious' }),
      await post(clinician, { personId: patient, reason: asked.reason }),
      await post(clinician, { ...asked, studyInstanceUid: study }),
      await post(clinician, { ...asked, personId: 'P1' }),
      await post(clinician, emergency({ studyInstanceUid: '9.9.9' })),
      await post(person('clinician', null), asked),
      await post(person('auditor', 'H003'), asked),
      await post(person('administrator', null), asked),
    ].map(({ body }) => body.code);
    expect(codes).toEqual([
      ...Array(7).fill('INVALID_REQUEST'),
      'STUDY_NOT_FOUND',
      ...Array(3).fill('ROLE_NOT_ALLOWED'),
    ]);
    expect(await told('break-glass.opened.v1')).toEqual([]);
  });

  it('is one, however often it is asked for at once, also by another id of the person', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => breakGlass('H003')));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.breakGlassId)).size).toBe(1);
    const other = newPatient().personId;
    await service.told(PersonsMergedV1, { personId: other, survivorPersonId: patient, version: 1, mergedAt: AT });
    await service.settled();
    const byOther = await post(person('clinician', 'H003'), emergency({ personId: other }));
    expect([byOther.status, byOther.body]).toEqual([200, answers[0]?.body]);
    expect(await told('break-glass.opened.v1')).toHaveLength(1);
    const colleague = await breakGlass('H003', { subject: 'dr.colleague' });
    expect(colleague.body.breakGlassId).not.toBe(byOther.body.breakGlassId);
  });

  it('is ended by its opener, once and for good', async () => {
    const { body } = await breakGlass('H003');
    expect((await end('H002', body.breakGlassId)).body.code).toBe('BREAK_GLASS_NOT_FOUND');
    expect(await opening('H003')).toBe('BREAK_GLASS');
    const ended = await end('H003', body.breakGlassId);
    expect(await opening('H003')).toBe('PATIENT_OBJECTS');
    expect(await end('H003', body.breakGlassId)).toEqual(ended);
    expect(await openOf('H003')).not.toContainEqual(body);
    expect(await told('break-glass.closed.v1')).toEqual([
      {
        breakGlassId: body.breakGlassId,
        personId: patient,
        subject: 'the.clinician.H003',
        cause: 'opener',
        closedAt: ended.body.closedAt,
      },
    ]);
    const again = await breakGlass('H003');
    expect([again.status, await opening('H003')]).toEqual([201, 'BREAK_GLASS']);
  });

  it('ends with its time, which is data of the province', async () => {
    await service.app.get(Database).query(
      `INSERT INTO break_glass_rules (province, valid_from, lasts_seconds, review_working_days, source)
       VALUES ('CN', current_date - 1, 3, 3, 'of a spec')`,
    );
    try {
      const { body } = await breakGlass('H003');
      expect(await opening('H003')).toBe('BREAK_GLASS');
      await pause(new Date(body.expiresAt).getTime() - Date.now());
      expect(await opening('H003')).toBe('PATIENT_OBJECTS');
      expect(await openOf('H003')).not.toContainEqual(body);
      await until(async () => (await told('break-glass.closed.v1')).length > 0);
      expect(await told('break-glass.closed.v1')).toMatchObject([{ cause: 'time', closedAt: body.expiresAt }]);
      expect((await end('H003', body.breakGlassId)).body.closedAt).toBe(body.expiresAt);
    } finally {
      await service.app.get(Database).query("DELETE FROM break_glass_rules WHERE source = 'of a spec'");
    }
  });
});
