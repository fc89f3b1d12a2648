import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DirectoryService } from '../testing/directory-service.js';

describe('accounts of patients', () => {
  let directory: DirectoryService;
  beforeAll(async () => {
    directory = await DirectoryService.start();
    const clerk = {
      username: 'clerk',
      displayName: '窗口',
      roles: ['steward'],
      hospital: 'H001',
      password: 'counter-of-H001',
    };
    await directory.addStaff(await directory.personToken('admin'), clerk);
  });
  afterAll(() => directory?.stop());

  it('are made by a clerk, have nothing of the patient in their name, and can sign in', async () => {
    const clerk = await directory.personToken('clerk', 'counter-of-H001');
    const { status, body, headers } = await directory.ask(clerk, 'POST', 'patient-accounts');
    expect([status, headers.get('cache-control'), body]).toEqual([
      201,
      'no-store',
      { account: expect.stringMatching(/^p\.\d{10}$/), initialPassword: expect.any(String) },
    ]);
    const token = await directory.personToken(body.account, body.initialPassword);
    const [, claims = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ roles: ['patient'] });
    expect(await directory.events('staff.changed.v1')).toContainEqual(
      expect.objectContaining({ subject: body.account, roles: ['patient'], hospital: null, active: true }),
    );
  });

  it('are made by nobody else', async () => {
    const refused = [];
    for (const name of ['admin', 'dr.lin'])
      refused.push(await directory.ask(await directory.personToken(name), 'POST', 'patient-accounts'));
    expect(refused.map(({ body }) => body.code)).toEqual(['ROLE_NOT_ALLOWED', 'ROLE_NOT_ALLOWED']);
  });
});
