import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountLinkedV1, StaffChangedV1 } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { newPatient, person } from '../testing/emergency.js';

const AT = '2026-11-24T08:00:00.000Z';
let accounts = 0;

describe('an account of staff', () => {
  let service: ConsentAuditService;
  let personId: string;
  let account: string;

  const works = (subject: string, hospital: string | null = 'H001', more: object = {}) =>
    service.told(StaffChangedV1, {
      subject,
      hospital,
      displayName: '林医生',
      roles: ['clinician'],
      active: true,
      version: 1,
      changedAt: AT,
      ...more,
    });
  const link = (told: object = {}, hospital: string | null = 'H001') =>
    service.ask('steward', hospital, 'POST', 'staff-links', { account, personId, identity: 'resident-id', ...told });
  const links = async (hospital: string | null = 'H001') =>
    (await service.ask('steward', hospital, 'GET', `persons/${personId}/staff-links`)).body.items;

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    const patient = newPatient();
    personId = patient.personId;
    await service.knows(personId, patient.study);
    accounts += 1;
    account = `dr.${accounts}`;
    await works(account);
    await service.settled();
  });

  it('is said by a clerk of its hospital to be a person, until it is unlinked; both are recorded', async () => {
    const { status, body } = await link();
    expect(status).toBe(201);
    const shown = { linkId: body.linkId, account, linkedAtHospital: 'H001', linkedAt: expect.any(String) };
    expect([await links(), await links(null), await links('H002')]).toEqual([[shown], [shown], []]);
    expect((await link()).body.code).toBe('ACCOUNT_LINKED');
    const unlink = (hospital: string) => service.ask('steward', hospital, 'DELETE', `staff-links/${body.linkId}`);
    const answers = [await unlink('H002'), await unlink('H001'), await unlink('H001')];
    expect(answers.map((answer) => answer.body.code ?? answer.status)).toEqual([
      'LINK_NOT_FOUND',
      200,
      'LINK_NOT_FOUND',
    ]);
    expect(await links()).toEqual([]);
    const { items } = (await service.ask('steward', 'H002', 'GET', `persons/${personId}/looks`)).body;
    const linking = items.filter(({ action }: { action: string }) => action.startsWith('account.'));
    expect(linking.map(({ code }: { code: string }) => code)).toEqual(['DONE', 'DONE']);
    const deeds = await service.app
      .get(Database)
      .query('SELECT action, account, person_id, code FROM accesses WHERE object_id = $1 ORDER BY position', [
        body.linkId,
      ]);
    const about = { account, person_id: personId, code: 'staff' };
    expect(deeds).toEqual([
      { action: 'account.link', ...about },
      { action: 'account.unlink', ...about },
    ]);
    expect((await link()).status).toBe(201);
  });

  it('gives its owner nothing of what patients have, and no service hears of it', async () => {
    const patients = `p.of-${account}`;
    await link();
    await service.linkAccount(patients, personId);
    await service.settled();
    const told = await service.log.query(
      `SELECT envelope::jsonb #>> '{data,account}' AS account FROM event_log.records
       WHERE envelope::jsonb ->> 'type' = $1 AND envelope::jsonb #>> '{data,personId}' = $2`,
      [AccountLinkedV1.type, personId],
    );
    const known = 'SELECT account FROM access_accounts WHERE person_id = $1';
    const replica = await service.app.get(Database).query(known, [personId]);
    expect([told, replica]).toEqual([[{ account: patients }], [{ account: patients }]]);
    for (const role of ['clinician', 'patient'] as const) {
      const ask = (path: string) => service.askAs(person(role, null, { subject: account }), 'GET', path);
      const asked = [await ask(`persons/${personId}/sharing`), await ask(`persons/${personId}/looks`)];
      expect(asked.map(({ status }) => status)).toEqual([403, 403]);
    }
    const own = await service.askAs(person('patient', null, { subject: account }), 'GET', 'own-persons');
    expect(own.body.items).toEqual([]);
  });

  it('is linked by clerks alone, of their own hospital’s staff who may sign in, and by nobody their own', async () => {
    await works('dr.elsewhere', 'H002');
    await works('dr.gone', 'H001', { active: false });
    await works('p.patient', null, { roles: ['patient'] });
    await service.settled();
    const own = { account, personId, identity: 'resident-id' };
    const refused = [
      await link({ account: 'dr.elsewhere' }),
      await link({ account: 'dr.gone' }),
      await link({ account: 'p.patient' }, null),
      await link({ account: 'dr.nobody' }),
      await service.askAs(person('steward', 'H001', { subject: account }), 'POST', 'staff-links', own),
      await service.ask('administrator', 'H001', 'POST', 'staff-links', { account, personId, identity: 'passport' }),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual([
      'ACCOUNT_NOT_OF_STAFF',
      'ACCOUNT_NOT_OF_STAFF',
      'ACCOUNT_NOT_OF_STAFF',
      'ACCOUNT_NOT_OF_STAFF',
      'STAFF_LINK_OF_OWN',
      'ROLE_NOT_ALLOWED',
    ]);
    expect((await link({ account: 'dr.elsewhere' }, null)).status).toBe(201);
    expect((await service.ask('steward', null, 'DELETE', `staff-links/${randomUUID()}`)).body.code).toBe(
      'LINK_NOT_FOUND',
    );
  });
});
