import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authorization } from '../testing/browser.js';
import { OWN_PASSWORD } from '../testing/chosen-password.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';

describe('one’s own password', () => {
  let directory: DirectoryService;
  beforeAll(async () => {
    directory = await DirectoryService.start();
  });
  afterAll(() => directory?.stop());

  const enter = async (username: string, password: string) => {
    const browser = directory.browser();
    const request = authorization(directory.issuer, 'portal', `${directory.address}/signed-in`);
    const { at, response } = await browser.walk((await browser.walk(request.address)).at, { username, password });
    const code = at.searchParams.get('code');
    if (code === null) return { status: response?.status, token: '' };
    const { access_token: token } = (await (await request.redeem(code)).json()) as { access_token: string };
    return { status: 200, token };
  };
  const change = (token: string, current: string, password: string) =>
    directory.ask(token, 'PUT', 'me/password', { current, password });
  const codes = async (...of: Promise<{ status: number; body: { code?: string } }>[]) =>
    (await Promise.all(of)).map(({ status, body }) => [status, body.code]);

  it('is changed by who knows it, ends every other session, and is recorded without it', async () => {
    const [here, there] = [await enter('dr.lin', PASSWORD), await enter('dr.lin', PASSWORD)];
    expect(await change(here.token, PASSWORD, OWN_PASSWORD)).toMatchObject({ status: 200, body: { endedSessions: 1 } });
    const left = await directory.ask(here.token, 'GET', 'me/sessions');
    expect(left.body.sessions.map(({ isThisOne }: { isThisOne: boolean }) => isThisOne)).toEqual([true]);
    expect(there.status).toBe(200);
    expect([(await enter('dr.lin', PASSWORD)).status, (await enter('dr.lin', OWN_PASSWORD)).status]).toEqual([
      401, 200,
    ]);
    const records = (await directory.signIns()).filter(({ actor }) => actor.subject === 'dr.lin');
    expect(records.map(({ action, code }) => [action, code]).slice(2, 4)).toEqual([
      ['password.changed', 'OWN_PASSWORD'],
      ['session.end', 'PASSWORD_CHANGED'],
    ]);
    expect(JSON.stringify(records)).not.toContain(OWN_PASSWORD);
  });

  it('stays when the new one is unfit or the same', async () => {
    const { token } = await enter('auditor', PASSWORD);
    expect(
      await codes(
        change(token, PASSWORD, 'short'),
        change(token, PASSWORD, 'x'.repeat(129)),
        change(token, PASSWORD, PASSWORD),
        directory.ask(token, 'PUT', 'me/password', { password: OWN_PASSWORD }),
        directory.ask(token, 'PUT', 'me/password', { current: PASSWORD, password: OWN_PASSWORD, subject: 'admin' }),
      ),
    ).toEqual([
      [422, 'PASSWORD_UNFIT'],
      [422, 'PASSWORD_UNFIT'],
      [422, 'PASSWORD_UNCHANGED'],
      [400, 'INVALID_REQUEST'],
      [400, 'INVALID_REQUEST'],
    ]);
    expect((await enter('auditor', PASSWORD)).status).toBe(200);
  });

  it('is not found out by who holds a token: wrong ones are counted as at the sign-in', async () => {
    const { token } = await enter('admin.h1', PASSWORD);
    const tried: (string | undefined)[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      tried.push((await change(token, `a wrong guess ${guess}`, OWN_PASSWORD)).body.code);
    }
    expect(tried[0]).toBe('PASSWORD_WRONG');
    expect(tried.at(-1)).toBe('PASSWORD_TRIED_TOO_OFTEN');
    expect((await change(token, PASSWORD, OWN_PASSWORD)).body.code).toBe('PASSWORD_TRIED_TOO_OFTEN');
    const refused = (await directory.signIns()).filter(
      ({ code, actor }) => code === 'WRONG_PASSWORD' && actor.subject === 'admin.h1',
    );
    expect(refused.length).toBeGreaterThan(0);
  });

  it('is closed to who is not signed in', async () => {
    const response = await fetch(`${directory.address}/api/directory/me/password`, { method: 'PUT' });
    expect(response.status).toBe(401);
  });
});
