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

  it('are added with a password that is shown once, and can sign in', async () => {
    const { status, body, headers } = await directory.ask(admin, 'POST', 'staff', {
      ...clinician('dr.zhou'),
      department: 'RAD',
    });
    const { initialPassword, ...staff } = body;
    expect([status, headers.get('cache-control'), staff]).toEqual([
      201,
      'no-store',
      {
        ...clinician('dr.zhou'),
        department: 'RAD',
        active: true,
        version: 1,
        changedAt: expect.any(String),
        secondFactor: false,
        lockedUntil: null,
      },
    ]);
    expect((await directory.ask(admin, 'GET', 'staff/dr.zhou')).body).toEqual(staff);
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
      version: 1,
      changedAt: staff.changedAt,
    });
  });

  it('are refused where they cannot be', async () => {
    const add = (changed: object) => directory.ask(admin, 'POST', 'staff', { ...clinician('dr.nobody'), ...changed });
    const refused = [
      await add({ username: 'dr.lin' }),
      await add({ hospital: 'H404' }),
      await add({ department: 'NOPE' }),
      await add({ hospital: null }),
      await add({ roles: ['patient', 'administrator'] }),
      await add({ roles: [] }),
      await add({ username: 'Dr Nobody' }),
      await add({ password: 'short' }),
    ];
    expect(refused.map(codeOf)).toEqual([
      [409, 'USERNAME_TAKEN'],
      [422, 'WORKPLACE_UNKNOWN'],
      [422, 'WORKPLACE_UNKNOWN'],
      [422, 'STAFF_ROLES_INVALID'],
      [422, 'STAFF_ROLES_INVALID'],
      [400, 'INVALID_REQUEST'],
      [400, 'INVALID_REQUEST'],
      [400, 'INVALID_REQUEST'],
    ]);
  });

  it('are changed on the version that was read', async () => {
    const added = await directory.ask(admin, 'POST', 'staff', clinician('dr.feng'));
    const moved = await directory.ask(admin, 'PATCH', 'staff/dr.feng', { version: 1, hospital: 'H002' });
    expect(moved.body).toMatchObject({ username: 'dr.feng', hospital: 'H002', version: 2 });
    expect(codeOf(await directory.ask(admin, 'PATCH', 'staff/dr.feng', { version: 1, active: false }))).toEqual([
      409,
      'VERSION_CONFLICT',
    ]);
    expect(codeOf(await directory.ask(admin, 'PATCH', 'staff/no.body', { version: 1 }))).toEqual([
      404,
      'STAFF_NOT_FOUND',
    ]);
    // Nobody else is told of a corrected name.
    await directory.ask(admin, 'PATCH', 'staff/dr.feng', { version: 2, displayName: '冯风' });
    const told = (await directory.events('staff.changed.v1')) as { subject: string; version: number }[];
    expect(told.filter(({ subject }) => subject === 'dr.feng').map(({ version }) => version)).toEqual([1, 2]);
    expect(added.status).toBe(201);
  });

  it('who leave are signed out and do not come back', async () => {
    const { body } = await directory.ask(admin, 'POST', 'staff', clinician('dr.gone'));
    const { refreshToken } = await directory.signIn('dr.gone', body.initialPassword);
    await directory.ask(admin, 'PATCH', 'staff/dr.gone', { version: 1, active: false });
    const refreshed = await directory.refresh(refreshToken ?? '');
    expect([refreshed.status, refreshed.body.error]).toEqual([400, 'invalid_grant']);
    await expect(directory.personToken('dr.gone', body.initialPassword)).rejects.toThrow('401');
  });

  it('whose password is made anew have to use it', async () => {
    const { body } = await directory.ask(admin, 'POST', 'staff', clinician('dr.new'));
    const reset = await directory.ask(admin, 'POST', 'staff/dr.new/password');
    expect([reset.status, Object.keys(reset.body)]).toEqual([201, ['password']]);
    await expect(directory.personToken('dr.new', body.initialPassword)).rejects.toThrow('401');
    expect(await directory.personToken('dr.new', reset.body.password)).toEqual(expect.any(String));
  });

  it('keep one administrator', async () => {
    const last = await directory.ask(admin, 'PATCH', 'staff/admin', { version: 1, roles: ['auditor'] });
    expect(codeOf(last)).toEqual([409, 'LAST_ADMINISTRATOR']);
    await directory.ask(admin, 'POST', 'staff', {
      username: 'admin.two',
      displayName: '第二管理员',
      roles: ['administrator'],
    });
    const both = await Promise.all(
      ['admin', 'admin.two'].map((name) =>
        directory.ask(admin, 'PATCH', `staff/${name}`, { version: 1, active: false }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
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
    const { body } = await directory.ask(admin, 'GET', 'staff?hospital=H002');
    expect(body.staff.map(({ username }: { username: string }) => username)).toEqual(['dr.feng']);
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
});
