import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DirectoryService } from '../testing/directory-service.js';

describe('staff', () => {
  let directory: DirectoryService;
  let admin: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
  });
  afterAll(() => directory?.stop());

  const codeOf = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];
  const clinician = (username: string) => ({ username, displayName: '周舟', roles: ['clinician'], hospital: 'H001' });
  const add = (member: object) => directory.addStaff(admin, member);

  it('are added with a password that is shown once, and can sign in', async () => {
    const { status, body, headers } = await add({ ...clinician('dr.zhou'), department: 'RAD' });
    const { initialPassword, proposal, ...staff } = body;
    expect([status, headers.get('cache-control'), staff]).toEqual([
      201,
      'no-store',
      {
        ...clinician('dr.zhou'),
        roles: [],
        department: 'RAD',
        active: true,
        version: 1,
        changedAt: expect.any(String),
        secondFactor: false,
        linked: false,
        lockedUntil: null,
      },
    ]);
    const approved = { ...staff, roles: ['clinician'], version: 2, changedAt: expect.any(String) };
    expect((await directory.ask(admin, 'GET', 'staff/dr.zhou')).body).toEqual(approved);
    expect(proposal).toMatchObject({ account: 'dr.zhou', roles: ['clinician'], state: 'waiting' });
    expect(await directory.personToken('dr.zhou', initialPassword)).toEqual(expect.any(String));
    const [row] = await directory.database.query<{ password_hash: string }>(
      `SELECT password_hash FROM staff WHERE username = 'dr.zhou'`,
    );
    expect(row?.password_hash).toMatch(/^\$argon2id\$/);
    expect(await directory.events('staff.changed.v1')).toContainEqual({
      subject: 'dr.zhou',
      hospital: 'H001',
      displayName: '周舟',
      roles: ['clinician'],
      active: true,
      version: 2,
      changedAt: expect.any(String),
    });
  });

  it('are refused where they cannot be', async () => {
    const add = (changed: object) =>
      directory.ask(admin, 'POST', 'staff', { ...clinician('dr.nobody'), reason: '新入职', ...changed });
    const refused = [
      await add({ username: 'dr.lin' }),
      await add({ hospital: 'H404' }),
      await add({ department: 'NOPE' }),
      await add({ hospital: null }),
      await add({ roles: ['patient', 'administrator'] }),
      await add({ roles: ['administrator', 'clinician'] }),
      await add({ roles: ['auditor', 'security-administrator'] }),
      await add({ reason: undefined }),
      await add({ roles: [] }),
      await add({ username: 'Dr Nobody' }),
      await add({ password: 'short' }),
    ];
    expect(refused.map(codeOf)).toEqual([
      [409, 'USERNAME_TAKEN'],
      [422, 'WORKPLACE_UNKNOWN'],
      [422, 'WORKPLACE_UNKNOWN'],
      [422, 'STAFF_ROLES_INVALID'],
      [422, 'DUTIES_NOT_APART'],
      [422, 'DUTIES_NOT_APART'],
      [422, 'DUTIES_NOT_APART'],
      [422, 'REASON_NEEDED'],
      [400, 'INVALID_REQUEST'],
      [400, 'INVALID_REQUEST'],
      [400, 'INVALID_REQUEST'],
    ]);
  });

  it('are changed on the version that was read', async () => {
    await add({ ...clinician('dr.feng'), roles: ['clinician', 'steward'] });
    const less = await directory.ask(admin, 'PATCH', 'staff/dr.feng', { version: 2, roles: ['clinician'] });
    expect(less.body).toMatchObject({ username: 'dr.feng', roles: ['clinician'], version: 3 });
    expect(codeOf(await directory.ask(admin, 'PATCH', 'staff/dr.feng', { version: 1, active: false }))).toEqual([
      409,
      'VERSION_CONFLICT',
    ]);
    expect(codeOf(await directory.ask(admin, 'PATCH', 'staff/no.body', { version: 1 }))).toEqual([
      404,
      'STAFF_NOT_FOUND',
    ]);
    // Nobody else is told of a corrected name.
    await directory.ask(admin, 'PATCH', 'staff/dr.feng', { version: 3, displayName: '冯风' });
    const told = (await directory.events('staff.changed.v1')) as { subject: string; version: number }[];
    expect(told.filter(({ subject }) => subject === 'dr.feng').map(({ version }) => version)).toEqual([2, 3]);
    const { body } = await directory.ask(admin, 'GET', 'staff/dr.feng/versions');
    expect(
      body.versions.map((one: Record<string, unknown>) => [one.version, one.roles, one.displayName, one.changedBy]),
    ).toEqual([
      [4, ['clinician'], '冯风', 'admin'],
      [3, ['clinician'], '周舟', 'admin'],
      [2, ['clinician', 'steward'], '周舟', 'security'],
      [1, [], '周舟', 'admin'],
    ]);
  });

  it('who leave are signed out and do not come back', async () => {
    const { body } = await add(clinician('dr.gone'));
    const { refreshToken } = await directory.signIn('dr.gone', body.initialPassword);
    await directory.ask(admin, 'PATCH', 'staff/dr.gone', { version: 2, active: false });
    const refreshed = await directory.refresh(refreshToken ?? '');
    expect([refreshed.status, refreshed.body.error]).toEqual([400, 'invalid_grant']);
    await expect(directory.personToken('dr.gone', body.initialPassword)).rejects.toThrow('401');
  });

  it('whose password is made anew have to use it', async () => {
    const { body } = await add(clinician('dr.new'));
    const reset = await directory.ask(admin, 'POST', 'staff/dr.new/password');
    expect([reset.status, Object.keys(reset.body)]).toEqual([201, ['password']]);
    await expect(directory.personToken('dr.new', body.initialPassword)).rejects.toThrow('401');
    expect(await directory.personToken('dr.new', reset.body.password)).toEqual(expect.any(String));
  });

  it('are listed by pages, of one hospital or of all', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await directory.ask(admin, 'GET', `staff?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.staff.length).toBeLessThanOrEqual(2);
      seen.push(...body.staff.map(({ username }: { username: string }) => username));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toContain('auditor');
    await add({ ...clinician('dr.yuan'), hospital: 'H002' });
    const { body } = await directory.ask(admin, 'GET', 'staff?hospital=H002');
    expect(body.staff.map(({ username }: { username: string }) => username)).toEqual(['dr.yuan']);
    expect((await directory.ask(admin, 'GET', 'staff?limit=100000')).status).toBe(400);
    expect(JSON.stringify(body)).not.toMatch(/argon2/);
  });

  it('are seen and changed by administrators only', async () => {
    const clinicianToken = await directory.personToken('dr.lin');
    const refused = [
      await directory.ask(clinicianToken, 'GET', 'staff'),
      await directory.ask(clinicianToken, 'PATCH', 'staff/dr.lin', { version: 1, roles: ['administrator'] }),
      await directory.ask(clinicianToken, 'POST', 'staff', clinician('dr.self')),
      await directory.ask(clinicianToken, 'POST', 'staff/admin/password'),
    ];
    expect(refused.map(codeOf)).toEqual(refused.map(() => [403, 'ROLE_NOT_ALLOWED']));
  });

  it('keep one administrator of each kind', async () => {
    const suspend = async (username: string) => {
      const { version } = (await directory.ask(admin, 'GET', `staff/${username}`)).body;
      return directory.ask(admin, 'PATCH', `staff/${username}`, { version, active: false });
    };
    // One of a hospital does not count: it does not answer for the commission.
    expect(codeOf(await suspend('admin'))).toEqual([409, 'LAST_ADMINISTRATOR']);
    await add({ username: 'admin.two', displayName: '第二管理员', roles: ['administrator'] });
    const both = await Promise.all([suspend('admin'), suspend('admin.two')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await suspend('security2')).status).toBe(200);
    expect(codeOf(await suspend('security'))).toEqual([409, 'LAST_SECURITY_ADMINISTRATOR']);
  });
});
