import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authorization } from '../testing/browser.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';
import { SweepSessions } from './sweep-sessions.js';

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';

describe('sessions', () => {
  let directory: DirectoryService;

  beforeAll(async () => {
    directory = await DirectoryService.start();
  });
  afterAll(() => directory?.stop());

  const portal = (more: Record<string, string> = {}) =>
    authorization(directory.issuer, 'portal', `${directory.address}/signed-in`, more);
  const signedIn = async (username: string, headers: Record<string, string> = {}) => {
    const browser = directory.browser(headers);
    const request = portal();
    const { at } = await browser.walk((await browser.walk(request.address)).at, { username, password: PASSWORD });
    const answer = await request.redeem(at.searchParams.get('code') ?? '');
    const tokens = (await answer.json()) as { access_token: string; refresh_token: string };
    const goesOn = async (more: Record<string, string> = {}) => {
      const silent = await browser.walk(portal({ prompt: 'none', ...more }).address);
      return silent.at.searchParams.get('error') ?? 'goes on';
    };
    return { browser, token: tokens.access_token, refreshToken: tokens.refresh_token, goesOn };
  };
  const sessionsOf = async (token: string) => (await directory.ask(token, 'GET', 'me/sessions')).body.sessions;
  const endings = async () =>
    (await directory.signIns())
      .filter(({ action }) => action === 'session.end')
      .map(({ actor, account, code }) => [actor.subject, account, code]);

  it('are listed for their person: since when, when used, by which browser, from which network', async () => {
    const { token } = await signedIn('dr.lin', { 'user-agent': CHROME, 'x-forwarded-for': '10.1.20.31' });
    expect((await directory.ask(token, 'GET', 'me/sessions')).body).toEqual({
      sessions: [
        {
          id: expect.any(String),
          isThisOne: true,
          begunAt: expect.any(String),
          lastUsedAt: expect.any(String),
          methods: ['pwd'],
          browser: 'Chrome 140',
          system: 'Windows',
          address: '10.1.20.*',
        },
      ],
    });
  });

  it('are ended one by one or all others by their person, with their refresh tokens and at once', async () => {
    const [one, two, three] = [await signedIn('auditor'), await signedIn('auditor'), await signedIn('auditor')];
    const listed = await sessionsOf(three.token);
    expect(listed.map(({ isThisOne }: { isThisOne: boolean }) => isThisOne)).toEqual([true, false, false]);
    const end = () => directory.ask(three.token, 'DELETE', `me/sessions/${listed[2].id}`);
    expect([(await end()).status, (await end()).body.code]).toEqual([204, 'SESSION_NOT_FOUND']);
    expect((await directory.refresh(one.refreshToken)).body.error).toBe('invalid_grant');
    expect([await one.goesOn(), await two.goesOn()]).toEqual(['login_required', 'goes on']);
    expect((await directory.ask(three.token, 'DELETE', 'me/sessions')).body).toEqual({ ended: 1 });
    expect((await directory.refresh(two.refreshToken)).body.error).toBe('invalid_grant');
    expect([await two.goesOn(), await three.goesOn()]).toEqual(['login_required', 'goes on']);
    expect((await directory.refresh(three.refreshToken)).status).toBe(200);
    // Nothing of them is left at the provider.
    const records = await directory.database.query(
      `SELECT model FROM provider_records WHERE account_id = 'auditor' AND payload ->> 'sessionUid' = $1`,
      [listed[2].id],
    );
    expect(records).toEqual([]);
    expect(await endings()).toEqual([
      ['auditor', null, 'ENDED_BY_OWNER'],
      ['auditor', null, 'ENDED_BY_OWNER'],
    ]);
  });

  it('are nobody else’s to see or end', async () => {
    const [mine] = await sessionsOf((await signedIn('admin')).token);
    const other = await signedIn('dr.lin');
    expect((await directory.ask(other.token, 'DELETE', `me/sessions/${mine.id}`)).body.code).toBe('SESSION_NOT_FOUND');
    expect((await sessionsOf(other.token)).map(({ id }: { id: string }) => id)).not.toContain(mine.id);
    expect((await directory.ask(undefined, 'GET', 'me/sessions')).status).toBe(401);
  });

  it('are all ended by an administrator, who is recorded', async () => {
    const admin = await directory.personToken('admin');
    const lin = await signedIn('dr.lin');
    const { body } = await directory.ask(admin, 'DELETE', 'staff/dr.lin/sessions');
    expect(body.ended).toBeGreaterThan(0);
    expect((await directory.refresh(lin.refreshToken)).body.error).toBe('invalid_grant');
    expect(await lin.goesOn()).toBe('login_required');
    expect(await endings()).toContainEqual(['admin', 'dr.lin', 'ENDED_BY_ADMINISTRATOR']);
    const refused = await directory.ask(lin.token, 'DELETE', 'staff/admin/sessions');
    expect([refused.status, refused.body.code]).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect((await directory.ask(admin, 'DELETE', 'staff/no.body/sessions')).body.code).toBe('STAFF_NOT_FOUND');
  });

  it('are over when nobody used them for 30 minutes, silently and by refresh token', async () => {
    const idle = await signedIn('dr.lin');
    await directory.later(29);
    expect(await idle.goesOn()).toBe('goes on');
    await directory.later(29);
    const { status, body } = await directory.refresh(idle.refreshToken);
    expect(status).toBe(200);
    await directory.later(31);
    expect((await directory.refresh(body.refresh_token ?? '')).body.error).toBe('invalid_grant');
    expect(await idle.goesOn()).toBe('login_required');
    const page = await idle.browser.walk(portal().address);
    expect(await page.response?.text()).toContain('name="password"');
  });

  it('are not used by a program that renews its tokens while nobody is there', async () => {
    const idle = await signedIn('dr.lin');
    await directory.later(20);
    const { body } = await directory.refresh(idle.refreshToken, { idle_s: String(20 * 60) });
    expect(body.access_token).toEqual(expect.any(String));
    expect(await idle.goesOn({ idle_s: String(20 * 60) })).toBe('goes on');
    await directory.later(11);
    expect((await directory.refresh(body.refresh_token ?? '', { idle_s: '1860' })).body.error).toBe('invalid_grant');
    expect(await idle.goesOn({ idle_s: '1860' })).toBe('login_required');
  });

  it('are over after 12 hours, however much they are used', async () => {
    const long = await signedIn('dr.lin');
    await directory.database.query(`UPDATE sign_in_sessions SET begun_at = begun_at - interval '12 hours'`);
    expect((await directory.refresh(long.refreshToken)).body.error).toBe('invalid_grant');
    expect(await long.goesOn()).toBe('login_required');
  });

  it('are swept with a record of why they ended', async () => {
    const sweep = () => directory.service.app.get(SweepSessions).sweep(new Date());
    await sweep();
    const before = await endings();
    await signedIn('dr.lin');
    await directory.later(31);
    await signedIn('auditor');
    await directory.database.query(
      `UPDATE sign_in_sessions SET begun_at = begun_at - interval '12 hours' WHERE account = 'auditor'`,
    );
    await Promise.all([sweep(), sweep()]);
    const swept = (await endings()).filter((ending) => ending[2] === 'IDLE' || ending[2] === 'TOO_OLD');
    const known = before.filter((ending) => ending[2] === 'IDLE' || ending[2] === 'TOO_OLD');
    expect(swept).toHaveLength(known.length + 2);
    expect(swept).toEqual(
      expect.arrayContaining([
        ['dr.lin', null, 'IDLE'],
        ['auditor', null, 'TOO_OLD'],
      ]),
    );
    expect(await directory.database.query('SELECT 1 FROM sign_in_sessions')).toEqual([]);
  });

  it('end with a sign-out, which is recorded', async () => {
    const { browser, token } = await signedIn('dr.lin');
    const page = await (await browser.open(`${directory.issuer}/session/end?client_id=portal`)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    await browser.walk(`${directory.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(await sessionsOf(token)).toEqual([]);
    expect(await endings()).toContainEqual(['dr.lin', null, 'SIGNED_OUT']);
  });
});
