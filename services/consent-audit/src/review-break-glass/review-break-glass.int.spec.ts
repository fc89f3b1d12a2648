import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { emergency, newPatient, person } from '../testing/emergency.js';

describe('the review of broken glass', () => {
  let service: ConsentAuditService;
  let patient: string;
  let study: string;
  let breakGlassId: string;

  const auditor = { subject: 'the.auditor.null', displayName: '沈审计', roles: ['auditor' as Role], hospital: null };
  const get = (path: string, who: object = auditor) => service.askAs(who as never, 'GET', path);
  const review = (body: object, who: object = auditor, id = breakGlassId) =>
    service.askAs(who as never, 'POST', `break-glass/${id}/reviews`, body);
  const end = () => service.askAs(person('clinician', 'H003'), 'DELETE', `break-glass/${breakGlassId}`);
  const ids = async (query: string) =>
    (await get(`break-glass?limit=200&${query}`)).body.items.map((item: { breakGlassId: string }) => item.breakGlassId);

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    ({ personId: patient, study } = newPatient());
    await service.knows(patient, study);
    const asked = emergency({ personId: patient });
    const opener = person('clinician', 'H003', { department: 'EMR' });
    breakGlassId = (await service.askAs(opener, 'POST', 'break-glass', asked)).body.breakGlassId;
  });

  it('shows auditors what was opened, why, until when they are to say what they find, and what was looked at', async () => {
    const database = service.app.get(Database);
    expect(await service.opening('H003', patient, study)).toBe('BREAK_GLASS');
    await end();
    await service.settled();
    const { body } = await get(`break-glass/${breakGlassId}`);
    expect(body).toEqual({
      breakGlassId,
      personId: patient,
      actor: { subject: 'the.clinician.H003', displayName: 'clinician甲', hospital: 'H003', department: 'EMR' },
      kind: 'unconscious',
      reason: emergency({ personId: patient }).reason,
      openedAt: expect.any(String),
      expiresAt: expect.any(String),
      closedAt: expect.any(String),
      closedBy: 'opener',
      reviewDueAt: expect.any(String),
      reviewedAt: null,
      escalatedAt: null,
      isOverdue: false,
      reviews: [],
    });
    const [due] = await database.query<{ days: number }>(
      `SELECT count(*)::int AS days FROM generate_series(($1::timestamptz AT TIME ZONE 'Asia/Shanghai')::date + 1,
         ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date - 1, '1 day') d
       LEFT JOIN calendar_days c ON c.day = d JOIN calendar_weekdays w ON w.weekday = extract(isodow FROM d)
       WHERE coalesce(c.works, w.works)`,
      [body.openedAt, body.reviewDueAt],
    );
    expect(due).toEqual({ days: 3 });
    const looks = (await get(`accesses?breakGlassId=${breakGlassId}`)).body.items;
    expect(looks).toMatchObject([
      { action: 'study.retrieve', studyInstanceUid: study, breakGlassId, decision: { code: 'BREAK_GLASS' } },
    ]);
    await service.settled();
    expect((await get(`accesses?personId=${patient}&actor=the.auditor.null`)).body.items).toMatchObject([
      { action: 'audit.search', breakGlassId: null },
    ]);
  });

  it('waits in a list until there is a verdict, the oldest first, page by page', async () => {
    const waiting = await ids('list=waiting');
    expect(waiting.at(-1)).toBe(breakGlassId);
    const paged: string[] = [];
    let page: { items: { breakGlassId: string }[]; next: string | null };
    let from = '';
    do {
      page = (await get(`break-glass?limit=1${from}`)).body;
      paged.push(...page.items.map((item) => item.breakGlassId));
      from = `&cursor=${page.next}`;
    } while (page.next !== null);
    expect(paged).toEqual(waiting);
    await end();
    expect((await review({ verdict: 'justified' })).status).toBe(201);
    expect(await ids('list=waiting')).toEqual(waiting.slice(0, -1));
    expect((await ids('list=reviewed'))[0]).toBe(breakGlassId);
    expect([await ids('list=reviewed&hospital=H001'), (await ids('list=reviewed&hospital=H003'))[0]]).toEqual([
      [],
      breakGlassId,
    ]);
    expect((await get('break-glass?cursor=x')).body.code).toBe('INVALID_REQUEST');
  });

  it('adds verdicts and never changes one', async () => {
    await end();
    const first = await review({ verdict: 'needs-talk', note: '请科主任面谈' });
    const second = await review({ verdict: 'justified' }, { ...auditor, subject: 'another.auditor' });
    expect((await get(`break-glass/${breakGlassId}`)).body.reviews).toEqual([first.body, second.body]);
    expect(first.body).toMatchObject({ verdict: 'needs-talk', note: '请科主任面谈', displayName: '沈审计' });
    const database = service.app.get(Database);
    for (const statement of [
      "UPDATE break_glass_reviews SET verdict = 'justified'",
      'DELETE FROM break_glass_reviews',
    ]) {
      await expect(database.query(statement)).rejects.toThrow('never changed');
    }
    await service.settled();
    const told = await service.log.query<{ verdict: string }>(
      `SELECT envelope::jsonb -> 'data' ->> 'verdict' AS verdict FROM event_log.records
       WHERE envelope::jsonb ->> 'type' = 'break-glass.reviewed.v1' AND envelope::jsonb -> 'data' ->> 'breakGlassId' = $1
       ORDER BY position`,
      [breakGlassId],
    );
    expect(told).toEqual([{ verdict: 'needs-talk' }, { verdict: 'justified' }]);
  });

  it('is for auditors, after it has ended, and never for who opened it', async () => {
    const verdict = { verdict: 'justified' };
    expect((await review(verdict)).body.code).toBe('BREAK_GLASS_LASTS');
    await end();
    const opener = { ...person('clinician', 'H003'), roles: ['clinician', 'auditor'] };
    expect((await review(verdict, opener)).body.code).toBe('REVIEW_OF_OWN');
    for (const role of ['clinician', 'administrator', 'steward', 'patient'] as const) {
      const who = person(role, role === 'clinician' ? 'H002' : null);
      const answers = [
        await review(verdict, who),
        await get('break-glass', who),
        await get(`break-glass/${breakGlassId}`, who),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([403, 'ACCESS_DENIED']));
    }
    const unknown = '0192f0c1-5f4e-7c3a-9b1d-000000000099';
    expect((await review(verdict, auditor, unknown)).body.code).toBe('BREAK_GLASS_NOT_FOUND');
    expect((await get(`break-glass/${unknown}`)).body.code).toBe('BREAK_GLASS_NOT_FOUND');
    expect((await review({ verdict: 'fine' })).body.code).toBe('INVALID_REQUEST');
    expect((await get(`break-glass/${breakGlassId}`)).body.reviews).toEqual([]);
  });

  it('is flagged when it is overdue, once, and told of', async () => {
    await end();
    await service.app
      .get(Database)
      .query("UPDATE break_glasses SET review_due_at = now() - interval '1 second' WHERE break_glass_id = $1", [
        breakGlassId,
      ]);
    const deadline = Date.now() + 15_000;
    let { body } = await get(`break-glass/${breakGlassId}`);
    expect(body.isOverdue).toBe(true);
    while (body.escalatedAt === null && Date.now() < deadline) {
      await pause(100);
      ({ body } = await get(`break-glass/${breakGlassId}`));
    }
    expect(body.escalatedAt).toEqual(expect.any(String));
    await pause(2_500);
    const notices = (await get('notices?limit=200')).body.items.filter(
      ({ about, kind }: { about: { breakGlassId: string }; kind: string }) =>
        about.breakGlassId === breakGlassId && kind === 'break-glass.overdue',
    );
    expect(notices).toHaveLength(1);
    expect((await review({ verdict: 'not-justified', note: '无急诊指征' })).status).toBe(201);
    expect((await get(`break-glass/${breakGlassId}`)).body.isOverdue).toBe(false);
  });
});
