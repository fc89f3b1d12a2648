import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolOn } from '../testing/authenticator-app.js';
import { authorization, type Browser } from '../testing/browser.js';
import { OWN_PASSWORD } from '../testing/chosen-password.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';

describe('a password that somebody else knows', () => {
  let directory: DirectoryService;
  let admin: string;
  let accounts = 0;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
    const clerk = { username: 'clerk', displayName: '窗口', roles: ['steward'], hospital: 'H001', password: PASSWORD };
    await directory.addStaff(admin, clerk);
  });
  afterAll(() => directory?.stop());

  const ofStaff = async () => {
    accounts += 1;
    const username = `dr.told.${accounts}`;
    const member = { username, displayName: '新人', roles: ['clinician'], hospital: 'H001', department: null };
    const { body } = await directory.addStaff(admin, member);
    return { username, told: body.initialPassword as string };
  };
  const ofPatient = async () => {
    const { body } = await directory.ask(await directory.personToken('clerk'), 'POST', 'patient-accounts');
    return { username: body.account as string, told: body.initialPassword as string };
  };
  const enter = async (
    username: string,
    password: string,
    browser = directory.browser({ 'accept-language': 'en' }),
  ) => {
    const request = authorization(directory.issuer, 'portal', `${directory.address}/signed-in`);
    const { at } = await browser.walk(request.address);
    const page = await browser.walk(at, { username, password });
    return { browser, page, text: (await page.response?.text()) ?? '' };
  };
  const choose = async (browser: Browser, at: URL, password: string, again = password) => {
    const path = new URL(`${at.pathname.replace(/\/new-password$/, '')}/new-password?lang=en`, at);
    const page = await browser.walk(path, { password, again });
    const text = (await page.response?.text()) ?? '';
    return { page, status: page.response?.status, alert: /role="alert">([^<]*)/.exec(text)?.[1] };
  };
  const isIn = ({ at }: { at: URL }) => at.pathname === '/signed-in' && at.searchParams.has('code');

  it.each([
    ['staff', ofStaff],
    ['a patient', ofPatient],
  ])('lets %s in once they have chosen another one, and never again', async (_, added) => {
    const { username, told } = await added();
    const { browser, page, text } = await enter(username, told);
    expect([page.response?.status, text]).toEqual([200, expect.stringContaining('Choose a password')]);
    expect(text).not.toContain(told);
    expect(isIn((await choose(browser, page.at, OWN_PASSWORD)).page)).toBe(true);
    expect((await enter(username, told)).page.response?.status).toBe(401);
    expect(isIn((await enter(username, OWN_PASSWORD)).page)).toBe(true);
    const mine = (await directory.signIns()).filter(({ actor }) => actor.subject === username);
    expect(mine.map(({ action, code, methods }) => [action, code, methods])).toEqual([
      ['password.changed', 'OWN_PASSWORD', ['pwd']],
      ['session.begin', 'PASSWORD', ['pwd']],
      ['session.refused', 'WRONG_PASSWORD', []],
      ['session.begin', 'PASSWORD', ['pwd']],
    ]);
    expect(JSON.stringify(mine)).not.toContain(OWN_PASSWORD);
  });

  it('stays until one is chosen that is long enough, typed twice, and neither the name nor the same', async () => {
    const { username, told } = await ofPatient();
    const { browser, page } = await enter(username, told);
    const refused = [
      await choose(browser, page.at, 'too short'),
      await choose(browser, page.at, username),
      await choose(browser, page.at, OWN_PASSWORD, `${OWN_PASSWORD}!`),
      await choose(browser, page.at, told),
    ];
    expect(refused.map(({ status, alert }) => [status, alert])).toEqual([
      [422, 'A password has 10 to 128 characters.'],
      [422, 'The password must not be the username.'],
      [422, 'The two are not the same.'],
      [422, 'This is the password that you were given. Choose another one.'],
    ]);
    // Neither by the page of another step, nor by coming back to the program's question.
    const steps = ['continue', 'code', 'enrol'].map((step) => new URL(`${page.at.pathname}/${step}`, page.at));
    for (const step of steps) expect((await browser.walk(step, {})).at.pathname).toBe(page.at.pathname);
    const again = await enter(username, told, browser);
    expect(again.text).toContain('Choose a password');
  });

  it('is no way to change that of who has not signed in with it', async () => {
    const browser = directory.browser({ 'accept-language': 'en' });
    const request = authorization(directory.issuer, 'portal', `${directory.address}/signed-in`);
    const { at } = await browser.walk(request.address);
    const before = await directory.database.query('SELECT password_hash FROM staff ORDER BY username');
    expect((await choose(browser, at, OWN_PASSWORD)).page.at.pathname).toBe(at.pathname);
    // Nor of who signed in with one of their own.
    await browser.walk(at, { username: 'clerk', password: PASSWORD });
    await choose(browser, at, OWN_PASSWORD);
    expect(await directory.database.query('SELECT password_hash FROM staff ORDER BY username')).toEqual(before);
  });

  it('is told anew when an administrator resets it', async () => {
    const { username, told } = await ofStaff();
    await directory.personToken(username, told);
    const reset = await directory.ask(admin, 'POST', `staff/${username}/password`);
    const { browser, page, text } = await enter(username, reset.body.password);
    expect(text).toContain('Choose a password');
    expect(isIn((await choose(browser, page.at, 'another one of mine')).page)).toBe(true);
  });

  it('of who has a second factor is changed after that was proved: whoever told it gets no further', async () => {
    const { username, told } = await ofStaff();
    await directory.personToken(username, told);
    const more = { acr_values: 'urn:yinglian:second-factor' };
    const browser = directory.browser();
    const { at } = await browser.walk(
      authorization(directory.issuer, 'portal', `${directory.address}/signed-in`, more).address,
    );
    const { app } = await enrolOn(browser, await browser.walk(at, { username, password: OWN_PASSWORD }));
    const reset = await directory.ask(admin, 'POST', `staff/${username}/password`);
    const theirs = await enter(username, reset.body.password);
    expect(theirs.text).toContain('Second step');
    const tooSoon = await choose(theirs.browser, theirs.page.at, OWN_PASSWORD);
    expect([tooSoon.page.at.pathname, isIn(tooSoon.page)]).toEqual([theirs.page.at.pathname, false]);
    expect((await enter(username, OWN_PASSWORD)).page.response?.status).toBe(401);
    const code = new URL(`${theirs.page.at.pathname}/code?lang=en`, theirs.page.at);
    const proved = await theirs.browser.walk(code, { code: await app.code() });
    expect(await proved.response?.text()).toContain('Choose a password');
    expect(isIn((await choose(theirs.browser, proved.at, OWN_PASSWORD)).page)).toBe(true);
  });

  it('is chosen before a second factor is set up, so that whoever told it has neither', async () => {
    const { username, told } = await ofStaff();
    directory.environment.SECOND_FACTOR = 'required';
    await directory.restart();
    const { browser, page } = await enter(username, told);
    const chosen = await choose(browser, page.at, OWN_PASSWORD);
    expect([chosen.status, isIn(chosen.page)]).toEqual([200, false]);
    const offered = await browser.walk(page.at);
    expect(isIn((await enrolOn(browser, offered)).end)).toBe(true);
  });
});
