import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolOn, secretOn } from '../testing/authenticator-app.js';
import { authorization, type Browser } from '../testing/browser.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';

const SECOND_FACTOR = 'urn:yinglian:second-factor';

describe('a second factor that is required', () => {
  let directory: DirectoryService;
  let admin: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
    directory.environment.SECOND_FACTOR = 'required';
    await directory.restart();
  });
  afterAll(() => directory?.stop());

  let added = 0;
  const addClinician = async (roles = ['clinician']) => {
    added += 1;
    const username = `dr.new.${added}`;
    const hospital = roles.includes('clinician') ? 'H001' : null;
    const member = { username, displayName: '新人', password: PASSWORD, roles, hospital };
    await directory.addStaff(admin, member);
    return username;
  };
  const portal = (more: Record<string, string> = {}) =>
    authorization(directory.issuer, 'portal', `${directory.address}/signed-in`, more);
  const pageOf = async (response: Response | undefined) => (await response?.text()) ?? '';
  const enterPassword = async (username: string, browser = directory.browser({ 'accept-language': 'en' })) => {
    const request = portal();
    const { at } = await browser.walk(request.address);
    return { browser, request, page: await browser.walk(at, { username, password: PASSWORD }) };
  };
  const tokensOf = async (request: ReturnType<typeof portal>, at: URL) => {
    const answer = await request.redeem(at.searchParams.get('code') ?? '');
    const tokens = (await answer.json()) as { access_token: string; refresh_token: string };
    const [, payload = ''] = tokens.access_token.split('.');
    return { ...tokens, claims: JSON.parse(Buffer.from(payload, 'base64url').toString()) };
  };
  const enrolled = async () => {
    const username = await addClinician();
    const { browser, request, page } = await enterPassword(username);
    const { app, recoveryCodes, end } = await enrolOn(browser, page);
    return { username, browser, app, recoveryCodes, tokens: await tokensOf(request, end.at) };
  };
  const prove = (browser: Browser, { at }: { at: URL }, code: string) =>
    browser.walk(new URL(`${at.pathname}/code`, at), { code });
  const askAgain = async (browser: Browser) => {
    const request = portal({ acr_values: SECOND_FACTOR });
    return { request, page: await browser.walk(request.address) };
  };
  const now = () => Math.floor(Date.now() / 1_000);

  it('is enrolled right after the first password, before anything else', async () => {
    const username = await addClinician();
    const { browser, request, page } = await enterPassword(username);
    const html = await pageOf(page.response);
    expect(html).toMatch(/<h1>Set up a second factor<\/h1>.*<div class="qr" role="img" aria-label="QR code"><svg/s);
    const secret = secretOn(html);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const wrong = await browser.open(new URL(`${page.at.pathname}/enrol`, page.at), { code: '000000' });
    // The same secret: it may be in the app already.
    expect([wrong.status, secretOn(await wrong.text())]).toEqual([401, secret]);
    // Neither the page behind it nor the form of another step leads past it.
    for (const path of ['continue', 'code']) {
      const past = await browser.walk(new URL(`${page.at.pathname}/${path}`, page.at), { code: '000000' });
      expect(secretOn(await pageOf(past.response))).toBe(secret);
    }
    const { recoveryCodes, end } = await enrolOn(browser, await browser.walk(page.at));
    expect([new Set(recoveryCodes).size, end.at.pathname]).toEqual([10, '/signed-in']);
    const { claims, access_token: token } = await tokensOf(request, end.at);
    expect([claims.amr, now() - claims.second_factor_time]).toEqual([['pwd', 'otp'], expect.any(Number)]);
    expect(Math.abs(now() - claims.second_factor_time)).toBeLessThan(60);
    const verified = await directory.tokens.verify(token, undefined);
    expect(verified).toMatchObject({ value: { secondFactorAt: new Date(claims.second_factor_time * 1_000) } });
    // What is kept can be read by nobody who reads the database.
    const kept = await directory.database.query(
      `SELECT row_to_json(a)::text AS a, row_to_json(r)::text AS r FROM authenticator_apps a JOIN recovery_codes r USING (account)`,
    );
    const [plain = ''] = recoveryCodes;
    expect(JSON.stringify(kept)).not.toContain(Buffer.from(secret).toString('hex'));
    expect(JSON.stringify(kept)).not.toContain(plain.replace('-', ''));
    const told = (await directory.signIns()).filter(({ actor }) => actor.subject === username);
    expect(told.map(({ action, code, methods }) => [action, code, methods])).toEqual([
      ['factor.enrolled', 'AUTHENTICATOR_APP', ['pwd', 'otp']],
      ['session.begin', 'SECOND_FACTOR', ['pwd', 'otp']],
    ]);
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  it('is asked for at each sign-in, and each code is taken once', async () => {
    const { username, app } = await enrolled();
    const code = await app.code();
    const first = await enterPassword(username);
    expect(await pageOf(first.page.response)).toContain(`the authenticator app of ${username} shows`);
    // Half a sign-in is none: whoever begins anew is asked for the password.
    const half = await enterPassword(username);
    expect(await pageOf((await half.browser.walk(portal().address)).response)).toContain('name="password"');
    const { at } = await prove(first.browser, first.page, code);
    expect(at.searchParams.get('code')).not.toBeNull();
    const second = await enterPassword(username);
    const again = await prove(second.browser, second.page, code);
    expect([again.response?.status, await pageOf(again.response)]).toEqual([
      401,
      expect.stringContaining('This code has been used already'),
    ]);
    expect((await prove(second.browser, second.page, await app.codeAt(3))).response?.status).toBe(401);
    expect((await prove(second.browser, second.page, await app.code())).at.pathname).toBe('/signed-in');
    const told = (await directory.signIns()).filter(({ actor }) => actor.subject === username);
    expect(told.map(({ action, code: why }) => [action, why]).slice(2)).toEqual([
      ['session.begin', 'SECOND_FACTOR'],
      ['session.refused', 'CODE_USED'],
      ['session.refused', 'WRONG_CODE'],
      ['session.begin', 'SECOND_FACTOR'],
    ]);
  });

  it('takes one code once, also when it comes twice at the same time', async () => {
    const { username, app } = await enrolled();
    const code = await app.code();
    const both = await Promise.all([enterPassword(username), enterPassword(username)]);
    const ends = await Promise.all(both.map(({ browser, page }) => prove(browser, page, code)));
    expect(ends.map(({ at }) => at.pathname === '/signed-in').sort()).toEqual([false, true]);
  });

  it('is replaced by a recovery code, once each, however it is typed', async () => {
    const { username, recoveryCodes } = await enrolled();
    const typed = ` ${recoveryCodes[3]?.toUpperCase().replace('-', ' ')} `;
    const first = await enterPassword(username);
    expect((await prove(first.browser, first.page, typed)).at.pathname).toBe('/signed-in');
    const second = await enterPassword(username);
    expect((await prove(second.browser, second.page, typed)).response?.status).toBe(401);
    expect((await prove(second.browser, second.page, recoveryCodes[4] ?? '')).at.pathname).toBe('/signed-in');
  });

  it('locks who guesses codes, whether or not they know the password', async () => {
    const { username, app } = await enrolled();
    const { browser, page } = await enterPassword(username);
    const statuses: (number | undefined)[] = [];
    for (let n = 0; n < 10; n += 1) {
      statuses.push((await prove(browser, page, '000000')).response?.status);
      await directory.database.query(`UPDATE sign_in_failures SET last_at = last_at - interval '5 minutes'`);
      // A right password in between makes nothing good.
      if (n === 5) await enterPassword(username);
    }
    expect(statuses).toEqual([...Array(9).fill(401), 429]);
    const locked = await prove(browser, page, await app.code());
    expect([locked.response?.status, await pageOf(locked.response)]).toEqual([
      429,
      expect.stringMatching(/locked for about 10 min/),
    ]);
    expect((await directory.ask(admin, 'GET', `staff/${username}`)).body).toMatchObject({
      secondFactor: true,
      lockedUntil: expect.any(String),
    });
    await directory.ask(admin, 'DELETE', `staff/${username}/lock`);
    expect((await prove(browser, page, await app.code())).at.pathname).toBe('/signed-in');
  });

  it('is proved again in a session that goes on, without the password, when a program asks for it', async () => {
    const { username, browser, app, tokens } = await enrolled();
    await directory.database.query(
      `UPDATE sign_in_sessions SET second_factor_at = second_factor_at - interval '20 minutes' WHERE account = $1`,
      [username],
    );
    const renewed = await directory.refresh(tokens.refresh_token);
    const { request, page } = await askAgain(browser);
    const html = await pageOf(page.response);
    expect(html).toContain('<h1>Second step</h1>');
    expect(html).not.toContain('name="password"');
    const { at } = await prove(browser, page, await app.code());
    const { claims } = await tokensOf(request, at);
    expect(claims.sid).toBe(tokens.claims.sid);
    expect(Math.abs(now() - claims.second_factor_time)).toBeLessThan(60);
    const before = await directory.tokens.verify(renewed.body.access_token ?? '', undefined);
    expect(before).toMatchObject({
      value: { secondFactorAt: new Date((tokens.claims.second_factor_time - 1_200) * 1_000) },
    });
    // Tokens that are renewed from now on say so too.
    const after = await directory.refresh(renewed.body.refresh_token ?? '');
    expect(await directory.tokens.verify(after.body.access_token ?? '', undefined)).toMatchObject({
      value: { secondFactorAt: new Date(claims.second_factor_time * 1_000) },
    });
    // It is asked for each time, and not silently.
    expect((await askAgain(browser)).page.response?.status).toBe(200);
    const silent = await browser.walk(portal({ acr_values: SECOND_FACTOR, prompt: 'none' }).address);
    expect(silent.at.searchParams.get('error')).toBe('login_required');
    const told = (await directory.signIns()).filter(({ actor }) => actor.subject === username);
    expect(told.at(-1)).toMatchObject({ action: 'factor.proved', methods: ['otp'] });
  });

  it('is enrolled by who is signed in from a time when it was only offered', async () => {
    const browser = directory.browser({ 'accept-language': 'en' });
    const username = await addClinician();
    directory.environment.SECOND_FACTOR = 'offered';
    await directory.restart();
    const { request, page } = await enterPassword(username, browser);
    expect((await tokensOf(request, page.at)).claims).toMatchObject({ amr: ['pwd'] });
    // Offered: whoever asks for it gets one, and proves first that it is not somebody else at their browser.
    const offered = await askAgain(browser);
    expect(await pageOf(offered.page.response)).toMatch(/value="dr.new.\d+".*name="password"/s);
    const early = await browser.walk(new URL(`${offered.page.at.pathname}/enrol`, offered.page.at), { code: '000000' });
    expect(await pageOf(early.response)).toContain('name="password"');
    const asked = await browser.walk(offered.page.at, { username, password: PASSWORD });
    expect(secretOn(await pageOf(asked.response))).not.toBe('');
    directory.environment.SECOND_FACTOR = 'required';
    await directory.restart();
    const later = portal();
    const again = await browser.walk(later.address);
    const { end } = await enrolOn(browser, await browser.walk(again.at, { username, password: PASSWORD }));
    expect((await tokensOf(later, end.at)).claims).toMatchObject({
      amr: ['pwd', 'otp'],
      second_factor_time: expect.any(Number),
    });
  });

  it('is removed by a security administrator, which ends the sessions and is recorded', async () => {
    const { username, tokens, recoveryCodes } = await enrolled();
    const security = await directory.provedToken('security');
    const remove = () => directory.ask(security, 'DELETE', `staff/${username}/second-factor`);
    expect([(await remove()).status, (await remove()).body.code]).toEqual([204, 'SECOND_FACTOR_NOT_FOUND']);
    expect((await directory.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
    const { browser, page } = await enterPassword(username);
    expect(secretOn(await pageOf(page.response))).not.toBe('');
    expect((await prove(browser, page, recoveryCodes[0] ?? '')).response?.status).toBe(200);
    const told = (await directory.signIns()).filter(({ account }) => account === username);
    expect(told.map(({ actor, action, code }) => [actor.subject, action, code])).toEqual([
      ['security', 'factor.removed', 'REMOVED_BY_ADMINISTRATOR'],
      ['security', 'session.end', 'FACTOR_RESET'],
    ]);
    const refused = await directory.ask(tokens.access_token, 'DELETE', `staff/${username}/second-factor`);
    expect([refused.status, refused.body.code]).toEqual([403, 'ROLE_NOT_ALLOWED']);
  });

  it('is not asked of patients', async () => {
    const { page } = await enterPassword(await addClinician(['patient']));
    expect(page.at.pathname).toBe('/signed-in');
  });

  it('is proved by the browser that typed the password only', async () => {
    const { username, app } = await enrolled();
    const { browser, page } = await enterPassword(username);
    const code = await app.code();
    expect((await prove(directory.browser(), page, code)).response?.status).toBe(400);
    const foreign = await browser.open(
      new URL(`${page.at.pathname}/code`, page.at),
      { code },
      { origin: 'https://elsewhere.example' },
    );
    expect(foreign.status).toBe(403);
    expect((await prove(browser, page, code)).at.pathname).toBe('/signed-in');
  });
});
