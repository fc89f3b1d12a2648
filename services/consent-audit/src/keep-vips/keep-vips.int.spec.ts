import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonsMergedV1, type Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { newPatient } from '../testing/emergency.js';

describe('the list of persons whom everybody knows', () => {
  let service: ConsentAuditService;
  let personId: string;
  const ask = (method: string, path = '', body?: object, role: Role = 'auditor', hospital: string | null = null) =>
    service.ask(role, hospital, method, `vips${path}`, body);
  const list = (who = personId) => ask('POST', '', { personId: who, reason: '公众人物' });

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    const patient = newPatient();
    personId = patient.personId;
    await service.knows(personId, patient.study);
    await service.settled();
  });

  it('is kept by auditors of the commission; each change is in the log, without the person', async () => {
    const { status, body } = await list();
    expect(status).toBe(201);
    const [first] = (await ask('GET')).body.items;
    const vip = { vipId: body.vipId, personId, reason: '公众人物', listedBy: 'the.auditor.null' };
    expect(first).toEqual({ ...vip, displayName: 'auditor甲', listedAt: expect.any(String) });
    expect((await ask('DELETE', `/${body.vipId}`)).status).toBe(200);
    expect((await ask('DELETE', `/${body.vipId}`)).body.code).toBe('VIP_NOT_FOUND');
    expect((await ask('GET')).body.items).toEqual([]);
    const deeds = await service.app
      .get(Database)
      .query('SELECT action, person_id FROM accesses WHERE object_id = $1 ORDER BY position', [body.vipId]);
    expect(deeds).toEqual([
      { action: 'vip.list', person_id: null },
      { action: 'vip.end', person_id: null },
    ]);
  });

  it('has each person once, whoever they are one with, and nobody whom no hospital knows', async () => {
    const other = newPatient();
    await service.knows(other.personId, other.study);
    const merged = { personId: other.personId, survivorPersonId: personId, version: 1 };
    await service.told(PersonsMergedV1, { ...merged, mergedAt: '2026-11-24T08:00:00.000Z' });
    await service.settled();
    const unknown = newPatient().personId;
    const listed = [await list(), await list(), await list(other.personId), await list(unknown)];
    expect(listed.map(({ status, body }) => body.code ?? status)).toEqual([
      201,
      'VIP_LISTED',
      'VIP_LISTED',
      'PERSON_UNKNOWN',
    ]);
  });

  it('comes page by page, the newest first', async () => {
    await list();
    const patient = newPatient();
    await service.knows(patient.personId, patient.study);
    await service.settled();
    await list(patient.personId);
    const first = (await ask('GET', '?limit=1')).body;
    const second = (await ask('GET', `?limit=1&cursor=${first.next}`)).body;
    const seen = [...first.items, ...second.items].map((one: { personId: string }) => one.personId);
    expect(seen).toEqual([patient.personId, personId]);
  });

  it('is nobody else’s, and who asks is recorded', async () => {
    const others = [
      ['auditor', 'H001'],
      ['steward', null],
      ['security-administrator', null],
      ['clinician', 'H001'],
    ] as const;
    for (const [role, hospital] of others) {
      const body = { personId, reason: '不该成立' };
      const refused = [
        await ask('GET', '', undefined, role, hospital),
        await ask('POST', '', body, role, hospital),
        await ask('DELETE', `/${randomUUID()}`, undefined, role, hospital),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
    await service.settled();
    const { body } = await service.ask('auditor', null, 'GET', 'accesses?actor=the.steward.null&outcome=deny');
    expect(body.items).toHaveLength(3);
  });
});
