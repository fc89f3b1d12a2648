import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DirectoryService } from '../testing/directory-service.js';

describe('what an account may do', () => {
  let directory: DirectoryService;
  let admin: string;
  let security: string;
  let hospitalAdmin: string;
  let hospitalSecurity: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
    security = await directory.provedToken('security');
    hospitalAdmin = await directory.personToken('admin.h1');
    hospitalSecurity = await directory.provedToken('security.h1');
  });
  afterAll(() => directory?.stop());

  const codeOf = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];
  const reason = '接替休假同事';
  const add = async (username: string, more: object = {}, as = admin) => {
    const member = { username, displayName: '方圆', roles: ['clinician'], hospital: 'H001', reason, ...more };
    const { status, body } = await directory.ask(as, 'POST', 'staff', member);
    expect(status).toBe(201);
    return body as { proposal: { proposalId: number }; initialPassword: string };
  };
  const read = async (username: string) => (await directory.ask(admin, 'GET', `staff/${username}`)).body;
  const propose = async (username: string, wanted: object, as = admin) => {
    const { version } = await read(username);
    return directory.ask(as, 'POST', `staff/${username}/role-proposals`, { version, reason, ...wanted });
  };
  const settle = (as: string, { proposalId }: { proposalId: number }, how: string, body?: object) =>
    directory.ask(as, 'POST', `role-proposals/${proposalId}/${how}`, body);
  const approve = (as: string, proposal: { proposalId: number }) => settle(as, proposal, 'approval');
  const listed = async (as: string, query = '') =>
    (await directory.ask(as, 'GET', `role-proposals${query}`)).body.proposals as Record<string, unknown>[];

  it('is nothing until a second person approves, and then told to the others', async () => {
    const { proposal, initialPassword } = await add('dr.fang');
    const token = await directory.personToken('dr.fang', initialPassword);
    expect(await directory.tokens.verify(token, undefined)).toMatchObject({ ok: true, value: { roles: [] } });
    expect(await directory.events('staff.changed.v1')).not.toContainEqual(
      expect.objectContaining({ subject: 'dr.fang' }),
    );
    expect(await listed(security)).toEqual([
      {
        proposalId: proposal.proposalId,
        account: 'dr.fang',
        accountVersion: 1,
        displayName: '方圆',
        roles: ['clinician'],
        rolesNow: [],
        hospital: 'H001',
        hospitalNow: 'H001',
        department: null,
        reason,
        proposedBy: 'admin',
        proposerName: '员工 admin',
        proposedAt: expect.any(String),
        expiresAt: expect.any(String),
        state: 'waiting',
        outdated: false,
        decidedBy: null,
        decidedAt: null,
        decisionNote: null,
      },
    ]);
    expect((await approve(security, proposal)).body).toMatchObject({ roles: ['clinician'], version: 2 });
    expect(await directory.events('staff.changed.v1')).toContainEqual(
      expect.objectContaining({ subject: 'dr.fang', roles: ['clinician'], version: 2 }),
    );
    expect(await listed(security)).toEqual([]);
    expect(await listed(admin, '?list=settled&limit=1')).toMatchObject([{ state: 'approved', decidedBy: 'security' }]);
  });

  it('is approved by nobody whose second factor was not proved just now', async () => {
    const { proposal } = await add('dr.gao');
    expect(codeOf(await approve(await directory.personToken('security2'), proposal))).toEqual([
      403,
      'SECOND_FACTOR_NEEDED',
    ]);
    expect(codeOf(await approve(admin, proposal))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect(await read('dr.gao')).toMatchObject({ roles: [], version: 1 });
    expect((await settle(admin, proposal, 'withdrawal')).status).toBe(204);
  });

  it('grows by two people only: not by the administrator alone, and by nobody for themselves', async () => {
    await directory.addStaff(admin, { username: 'dr.he', displayName: '何宁', roles: ['clinician'], hospital: 'H001' });
    const alone = await Promise.all(
      [{ roles: ['clinician', 'steward'] }, { hospital: 'H002', department: null }].map((change) =>
        directory.ask(admin, 'PATCH', 'staff/dr.he', { version: 2, ...change }),
      ),
    );
    expect(alone.map(codeOf)).toEqual(alone.map(() => [422, 'SECOND_PERSON_NEEDED']));
    expect(codeOf(await propose('admin', { roles: ['auditor'] }))).toEqual([422, 'SECOND_PERSON_NEEDED']);
    // A security administrator decides on nothing about themselves.
    const { body } = await propose('security', { roles: ['auditor'] });
    expect(codeOf(await approve(security, body))).toEqual([422, 'SECOND_PERSON_NEEDED']);
    expect((await settle(security, body, 'refusal', { reason: '不需要' })).status).toBe(422);
    expect((await settle(admin, body, 'withdrawal')).status).toBe(204);
    // Not even where the code is wrong: the database refuses it.
    const row = `INSERT INTO role_proposals (account, account_version, roles, reason, proposed_by, proposed_at, expires_at,
      state, decided_by, decided_at) VALUES ('dr.he', 2, '{steward}', 'x', 'admin', now(), now(), 'approved', 'admin', now())`;
    await expect(directory.database.query(row)).rejects.toThrow('role_proposals_two_people');
    const more = (await propose('dr.he', { roles: ['clinician', 'steward'] })).body;
    expect((await approve(security, more)).body).toMatchObject({ roles: ['clinician', 'steward'], version: 3 });
  });

  it('shrinks at once, by an administrator of either kind', async () => {
    const less = await directory.ask(security, 'PATCH', 'staff/dr.he', { version: 3, roles: ['clinician'] });
    expect(less.body).toMatchObject({ roles: ['clinician'], version: 4 });
    expect(codeOf(await directory.ask(security, 'PATCH', 'staff/dr.he', { version: 4, displayName: '何' }))).toEqual([
      403,
      'ROLE_NOT_ALLOWED',
    ]);
    const out = await directory.ask(security, 'PATCH', 'staff/dr.he', { version: 4, active: false });
    expect(out.body).toMatchObject({ active: false, version: 5 });
    const back = await directory.ask(admin, 'PATCH', 'staff/dr.he', { version: 5, active: true });
    expect(codeOf(back)).toEqual([422, 'SECOND_PERSON_NEEDED']);
    const { body } = await propose('dr.he', {});
    expect((await approve(security, body)).body).toMatchObject({ active: true, roles: ['clinician'], version: 6 });
    expect(codeOf(await propose('dr.he', { roles: ['clinician'] }))).toEqual([422, 'NOTHING_TO_APPROVE']);
  });

  it('is not granted once the account is another one, or the proposer no administrator', async () => {
    const { proposal } = await add('dr.ji');
    expect(codeOf(await propose('dr.ji', { roles: ['steward'] }))).toEqual([409, 'ROLE_PROPOSAL_WAITS']);
    await directory.ask(admin, 'PATCH', 'staff/dr.ji', { version: 1, displayName: '纪元' });
    expect(await listed(security)).toMatchObject([{ account: 'dr.ji', outdated: true }]);
    expect(codeOf(await approve(security, proposal))).toEqual([409, 'ROLE_PROPOSAL_OUTDATED']);
    expect((await settle(security, proposal, 'refusal', { reason: '姓名已变' })).status).toBe(204);

    await directory.addStaff(admin, { username: 'admin.two', displayName: '第二管理员', roles: ['administrator'] });
    await directory.database.query(`UPDATE staff SET password_hash = (SELECT password_hash FROM staff WHERE username = 'admin')
      WHERE username = 'admin.two'`);
    const theirs = await propose('dr.ji', { roles: ['clinician'] }, await directory.personToken('admin.two'));
    await directory.ask(security, 'PATCH', 'staff/admin.two', { version: 2, active: false });
    expect(codeOf(await approve(security, theirs.body))).toEqual([409, 'ROLE_PROPOSAL_OUTDATED']);
    expect(await read('dr.ji')).toMatchObject({ roles: [], version: 2 });
    expect((await settle(security, theirs.body, 'refusal', { reason: '申请人已离职' })).status).toBe(204);
  });

  it('is granted once, also by two at once', async () => {
    const other = await directory.provedToken('security2');
    const { proposal } = await add('dr.kang');
    const answers = await Promise.all([
      approve(security, proposal),
      approve(other, proposal),
      approve(security, proposal),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await read('dr.kang')).toMatchObject({ roles: ['clinician'], version: 2 });
    const both = await Promise.all([1, 2].map(() => propose('dr.kang', { roles: ['clinician', 'steward'] })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('stays as it was when it is refused, withdrawn, or nobody decides within seven days', async () => {
    const { proposal: refused } = await add('dr.lu');
    expect((await settle(security, refused, 'refusal', { reason: ' ' })).status).toBe(400);
    expect((await settle(security, refused, 'refusal', { reason: '未通过考核' })).status).toBe(204);
    const { proposal: withdrawn } = await add('dr.ma');
    expect(codeOf(await settle(hospitalAdmin, withdrawn, 'withdrawal'))).toEqual([404, 'ROLE_PROPOSAL_NOT_FOUND']);
    await settle(admin, withdrawn, 'withdrawal');
    const { proposal: late } = await add('dr.ni');
    const [{ days } = { days: 0 }] = await directory.database.query<{ days: number }>(
      `SELECT (EXTRACT(epoch FROM expires_at - proposed_at) / 86400)::int AS days FROM role_proposals WHERE proposal_id = $1`,
      [late.proposalId],
    );
    expect(days).toBe(7);
    await directory.database.query(`UPDATE role_proposals SET expires_at = now() WHERE proposal_id = $1`, [
      late.proposalId,
    ]);
    for (const settled of [refused, withdrawn, late]) {
      expect(codeOf(await approve(security, settled))).toEqual([409, 'ROLE_PROPOSAL_SETTLED']);
    }
    // Whoever asks anew is not held up by what nobody decided on.
    expect((await propose('dr.ni', { roles: ['clinician'] })).status).toBe(201);
    expect(await listed(admin, '?list=settled&limit=3')).toMatchObject([
      { account: 'dr.ni', state: 'expired', decidedBy: null },
      { account: 'dr.ma', state: 'withdrawn', decidedBy: 'admin' },
      { account: 'dr.lu', state: 'refused', decidedBy: 'security', decisionNote: '未通过考核' },
    ]);
  });

  it('stays in the database as it was proposed and decided, whoever writes there', async () => {
    const { proposal: waiting } = await add('dr.qian');
    const { proposal: approved } = await add('dr.qu');
    await approve(security, approved);
    const change = (what: string, { proposalId }: { proposalId: number }) =>
      directory.database.query(`UPDATE role_proposals SET ${what} WHERE proposal_id = $1`, [proposalId]);
    const refused = 'decided once and never changed';
    await expect(change("roles = '{steward}'", waiting)).rejects.toThrow(refused);
    await expect(change("decided_by = 'admin.h1'", approved)).rejects.toThrow(refused);
    await expect(change("state = 'waiting', decided_at = NULL", approved)).rejects.toThrow(refused);
    await expect(directory.database.query('DELETE FROM role_proposals')).rejects.toThrow(refused);
    await expect(directory.database.query('TRUNCATE role_proposals')).rejects.toThrow(refused);
    expect((await approve(security, waiting)).body).toMatchObject({ roles: ['clinician'] });
  });

  it('is decided at a hospital by its own, for its own', async () => {
    const { proposal } = await add('dr.ou', {}, hospitalAdmin);
    const { proposal: elsewhere } = await add('dr.pan', { hospital: 'H002' });
    expect((await listed(hospitalSecurity)).map(({ account }) => account)).not.toContain('dr.pan');
    expect(codeOf(await approve(hospitalSecurity, elsewhere))).toEqual([404, 'ROLE_PROPOSAL_NOT_FOUND']);
    expect((await approve(hospitalSecurity, proposal)).body).toMatchObject({ roles: ['clinician'] });
    const foreign = [
      await directory.ask(hospitalAdmin, 'GET', 'staff/dr.pan'),
      await directory.ask(hospitalAdmin, 'PATCH', 'staff/dr.pan', { version: 1, active: false }),
      await directory.ask(hospitalAdmin, 'POST', 'staff/admin/password'),
      await directory.ask(hospitalAdmin, 'DELETE', 'staff/dr.pan/sessions'),
      await propose('dr.pan', { roles: ['steward'] }, hospitalAdmin),
    ];
    // One waits for dr.pan already, which nobody of another hospital is told.
    expect(foreign.map(codeOf)).toEqual(foreign.map(() => [404, 'STAFF_NOT_FOUND']));
    const beyond = [
      await directory.ask(hospitalAdmin, 'GET', 'staff?hospital=H002'),
      await directory.ask(hospitalAdmin, 'POST', 'staff', {
        username: 'dr.qi',
        displayName: '齐',
        roles: ['auditor'],
        reason,
      }),
      await propose('dr.ou', { hospital: 'H002' }, hospitalAdmin),
    ];
    expect(beyond.map(codeOf)).toEqual(beyond.map(() => [403, 'OF_ANOTHER_HOSPITAL']));
    const { body } = await directory.ask(hospitalAdmin, 'GET', 'staff');
    expect(new Set(body.staff.map(({ hospital }: { hospital: string }) => hospital))).toEqual(new Set(['H001']));
    // Who comes from another hospital comes by the commission.
    const moved = await propose('dr.ou', { hospital: 'H002' });
    expect(codeOf(await approve(hospitalSecurity, moved.body))).toEqual([404, 'ROLE_PROPOSAL_NOT_FOUND']);
    expect((await approve(security, moved.body)).body).toMatchObject({ hospital: 'H002' });
  });

  it('is in nobody’s hands alone who makes passwords anew: the second factor is another’s to remove', async () => {
    expect(codeOf(await directory.ask(admin, 'DELETE', 'staff/security/second-factor'))).toEqual([
      403,
      'ROLE_NOT_ALLOWED',
    ]);
    expect(codeOf(await directory.ask(security, 'POST', 'staff/admin/password'))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    // Who has a second factor keeps it; who has none would get one with the new password.
    expect((await directory.ask(admin, 'POST', 'staff/security.h1/password')).status).toBe(201);
    await directory.addStaff(admin, {
      username: 'security.new',
      displayName: '新人',
      roles: ['security-administrator'],
    });
    expect(codeOf(await directory.ask(admin, 'POST', 'staff/security.new/password'))).toEqual([
      422,
      'SECOND_PERSON_NEEDED',
    ]);
  });
});
