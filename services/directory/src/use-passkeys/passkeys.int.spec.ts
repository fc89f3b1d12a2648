import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recoveryCodesOn } from '../testing/authenticator-app.js';
import { authorization, type Browser } from '../testing/browser.js';
import { OWN_PASSWORD } from '../testing/chosen-password.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';
import { optionsOn, SoftwareAuthenticator } from '../testing/software-authenticator.js';

const STEP_UP = { acr_values: 'urn:yinglian:second-factor' };

interface Place {
  readonly browser: Browser;
  readonly request: ReturnType<typeof authorization>;
  readonly at: URL;
  readonly html: string;
}

describe('passkeys as the second factor', () => {
  let directory: DirectoryService;
  let admin: string;
  let security: string;

  beforeAll(async () => {
    directory = await DirectoryService.start({ host: 'localhost' });
    admin = await directory.personToken('admin');
    security = await directory.provedToken('security');
    directory.environment.SECOND_FACTOR = 'required';
    await directory.restart();
  });
  afterAll(() => directory?.stop());

  let added = 0;
  const newAccount = async () => {
    added += 1;
    const username = `dr.key.${added}`;
    const member = { username, displayName: '新人', password: PASSWORD, roles: ['clinician'], hospital: 'H001' };
    await directory.addStaff(admin, member);
    return username;
  };
  const begin = async (browser = directory.browser({ 'accept-language': 'en' }), more = {}): Promise<Place> => {
    const request = authorization(directory.issuer, 'portal', `${directory.address}/signed-in`, more);
    const { at, response } = await browser.walk(request.address);
    return { browser, request, at, html: (await response?.text()) ?? '' };
  };
  const enterPassword = async (username: string, password = PASSWORD): Promise<Place> => {
    const { browser, request, at } = await begin();
    const page = await browser.walk(at, { username, password });
    return { browser, request, at: page.at, html: (await page.response?.text()) ?? '' };
  };
  const optionsOf = ({ html }: Pick<Place, 'html'>) => optionsOn(html) ?? { challenge: 'none is asked' };
  const send = async ({ browser, at }: Place, path: 'passkey' | 'passkey/new', answer: string) => {
    const end = await browser.walk(new URL(`${at.pathname}/${path}`, at), { answer });
    return { end: end.at, status: end.response?.status, html: (await end.response?.text()) ?? '' };
  };
  const finish = async ({ browser, request }: Place, to: { end: URL }) => {
    const code = to.end.searchParams.get('code') ?? '';
    const answer = await request.redeem(code);
    const tokens = (await answer.json()) as { access_token: string; refresh_token: string };
    const claims = JSON.parse(Buffer.from(tokens.access_token.split('.')[1] ?? '', 'base64url').toString());
    return { browser, token: tokens.access_token, refreshToken: tokens.refresh_token, claims };
  };
  /** Somebody whose first second factor is a passkey. */
  const enrolled = async (username?: string) => {
    const account = username ?? (await newAccount());
    const key = new SoftwareAuthenticator(directory.address);
    const place = await enterPassword(account);
    const { html } = await send(place, 'passkey/new', key.make(optionsOf(place)));
    const at = new URL(`${place.at.pathname}/continue`, place.at);
    const end = await place.browser.walk(at, {});
    const session = await finish(place, { end: end.at });
    return { username: account, key, page: html, recoveryCodes: recoveryCodesOn(html), ...session };
  };
  const told = async (username: string) =>
    (await directory.signIns())
      .filter(({ actor }) => actor.subject === username)
      .map(({ action, code, methods }) => [action, code, methods.join()]);
  const mine = (token: string, method = 'GET', path = '', body?: object) =>
    directory.ask(token, method, `me/passkeys${path}`, body);

  it('are enrolled right after the first password, with recovery codes', async () => {
    const username = await newAccount();
    const place = await enterPassword(username);
    expect(optionsOf(place)).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: username },
      timeout: 300_000,
      attestation: 'none',
      excludeCredentials: [],
      authenticatorSelection: { userVerification: 'required' },
    });
    const [, script = ''] = /<script>([^<]+)<\/script>/.exec(place.html) ?? [];
    const policy = (await place.browser.open(place.at)).headers.get('content-security-policy');
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`);
    const { page, recoveryCodes, claims } = await enrolled(username);
    expect(page).toContain('<h1>Keep your recovery codes</h1>');
    expect([recoveryCodes.length, claims.amr]).toEqual([10, ['pwd', 'pop']]);
    expect(Math.abs(Date.now() / 1_000 - claims.second_factor_time)).toBeLessThan(60);
    expect(await told(username)).toEqual([
      ['factor.enrolled', 'PASSKEY', 'pwd,pop'],
      ['session.begin', 'SECOND_FACTOR', 'pwd,pop'],
    ]);
  });

  it('are asked for at each sign-in, or a recovery code in their place', async () => {
    const { username, key, recoveryCodes } = await enrolled();
    const place = await enterPassword(username);
    expect(place.html).toContain('<label>Recovery code<input');
    expect(optionsOf(place)).toMatchObject({
      rpId: 'localhost',
      userVerification: 'required',
      allowCredentials: [{ id: key.id, type: 'public-key', transports: ['usb'] }],
    });
    const { claims, token } = await finish(place, await send(place, 'passkey', key.sign(optionsOf(place))));
    expect(claims.amr).toEqual(['pwd', 'pop']);
    const { body } = await mine(token);
    expect(body).toEqual({
      isPossible: true,
      hasApp: false,
      passkeys: [{ id: expect.any(String), name: '1', addedAt: expect.any(String), lastUsedAt: expect.any(String) }],
    });
    const lost = await enterPassword(username);
    const wrong = await lost.browser.open(new URL(`${lost.at.pathname}/code`, lost.at), { code: '000000' });
    expect([wrong.status, await wrong.text()]).toEqual([401, expect.stringContaining('recovery code is not right')]);
    const end = await lost.browser.walk(new URL(`${lost.at.pathname}/code`, lost.at), { code: recoveryCodes[0] ?? '' });
    expect(end.at.pathname).toBe('/signed-in');
  });

  it('come before the choice of a password by who was told one', async () => {
    const { username, key } = await enrolled();
    const reset = await directory.ask(admin, 'POST', `staff/${username}/password`);
    const place = await enterPassword(username, reset.body.password);
    const { end, html } = await send(place, 'passkey', key.sign(optionsOf(place)));
    expect(html).toContain('name="again"');
    const form = { password: OWN_PASSWORD, again: OWN_PASSWORD };
    const chosen = await place.browser.walk(new URL(`${end.pathname}/new-password`, end), form);
    expect((await finish(place, { end: chosen.at })).claims.amr).toEqual(['pwd', 'pop']);
  });

  it('are proved again in a session that goes on, and count for what takes two people', async () => {
    const { key, browser, claims, username } = await enrolled('security2');
    const place = await begin(browser, STEP_UP);
    expect(place.html).not.toContain('name="password"');
    const again = await finish(place, await send(place, 'passkey', key.sign(optionsOf(place))));
    expect(again.claims.sid).toBe(claims.sid);
    expect((await told(username)).at(-1)).toEqual(['factor.proved', 'SECOND_FACTOR', 'pop']);
    const member = {
      username: 'dr.two',
      displayName: '新人',
      roles: ['clinician'],
      hospital: 'H001',
      reason: '新入职',
    };
    const { body } = await directory.ask(admin, 'POST', 'staff', member);
    const approval = `role-proposals/${body.proposal.proposalId}/approval`;
    await directory.database.query(
      `UPDATE sign_in_sessions SET second_factor_at = second_factor_at - interval '10 minutes' WHERE account = $1`,
      [username],
    );
    const old = await directory.refresh(again.refreshToken);
    const tooOld = await directory.ask(old.body.access_token, 'POST', approval);
    expect([tooOld.status, tooOld.body.code]).toEqual([403, 'SECOND_FACTOR_NEEDED']);
    expect((await directory.ask(again.token, 'POST', approval)).status).toBe(200);
  });

  it('are refused when what they signed is not what was asked, here, now, of them', async () => {
    const { username, key } = await enrolled();
    const other = await enrolled();
    const refusals: [string, (place: Place) => string][] = [
      ['WRONG_PASSKEY', () => '{"id":'],
      ['WRONG_PASSKEY', (place) => key.sign({ challenge: `${optionsOf(place).challenge}x` })],
      ['PASSKEY_FOR_ELSEWHERE', (place) => key.sign(optionsOf(place), { origin: 'http://localhost.evil.example' })],
      ['PASSKEY_FOR_ELSEWHERE', (place) => key.sign(optionsOf(place), { rpId: 'evil.example' })],
      ['WRONG_PASSKEY', (place) => key.sign(optionsOf(place), { isVerified: false })],
      ['PASSKEY_UNKNOWN', (place) => other.key.sign(optionsOf(place))],
      // Another's key under the own name.
      ['WRONG_PASSKEY', (place) => other.key.sign(optionsOf(place), { id: key.id })],
    ];
    for (const [code, answerOn] of refusals) {
      const place = await enterPassword(username);
      const { status, html } = await send(place, 'passkey', answerOn(place));
      expect([status, html]).toEqual([401, expect.stringContaining('The passkey was not accepted')]);
      expect((await told(username)).at(-1)).toEqual(['session.refused', code, 'pwd']);
      await directory.ask(admin, 'DELETE', `staff/${username}/lock`);
    }
  });

  it('answer each challenge once, of one interaction, within five minutes', async () => {
    const { username, key } = await enrolled();
    const first = await enterPassword(username);
    const answer = key.sign(optionsOf(first));
    // In another interaction of the same account, which has a challenge of its own.
    const second = await enterPassword(username);
    expect((await send(second, 'passkey', answer)).status).toBe(401);
    expect((await send(first, 'passkey', answer)).end.pathname).toBe('/signed-in');
    // The one of the second was taken by the wrong answer; the page that said so asks anew.
    const late = await enterPassword(username);
    const old = key.sign(optionsOf(late));
    await directory.database.query(`UPDATE passkey_challenges SET expires_at = now() - interval '1 second'`);
    const refused = await send(late, 'passkey', old);
    expect([refused.status, refused.html]).toEqual([401, expect.stringContaining('That took too long')]);
    expect((await told(username)).at(-1)).toEqual(['session.refused', 'CHALLENGE_OVER', 'pwd']);
    expect((await send(late, 'passkey', key.sign(optionsOf(late)))).status).toBe(401);
    expect((await send(late, 'passkey', key.sign(optionsOf(await shown(late))))).end.pathname).toBe('/signed-in');
  });
  const shown = async ({ browser, at }: Place) => ({ html: await (await browser.open(at)).text() });

  it('are refused once their counter goes back, also when two sign at the same time', async () => {
    const { username, key } = await enrolled();
    const use = async (counter: number) => {
      const place = await enterPassword(username);
      return send(place, 'passkey', key.sign(optionsOf(place), { counter }));
    };
    expect((await use(7)).end.pathname).toBe('/signed-in');
    for (const counter of [6, 7, 0]) {
      const { status, html } = await use(counter);
      expect([status, html]).toEqual([401, expect.stringContaining('may have been copied')]);
    }
    expect((await told(username)).at(-1)).toEqual(['session.refused', 'PASSKEY_COPIED', 'pwd']);
    await directory.ask(admin, 'DELETE', `staff/${username}/lock`);
    const both = await Promise.all([use(8), use(8)]);
    expect(both.map(({ end }) => end.pathname === '/signed-in').sort()).toEqual([false, true]);
  });

  it('lock the account when they are refused too often, as codes do', async () => {
    const { username, key } = await enrolled();
    const place = await enterPassword(username);
    const statuses: (number | undefined)[] = [];
    for (let n = 0; n < 10; n += 1) {
      statuses.push((await send(place, 'passkey', 'nonsense')).status);
      await directory.database.query(`UPDATE sign_in_failures SET last_at = last_at - interval '5 minutes'`);
    }
    expect(statuses).toEqual([...Array(9).fill(401), 429]);
    const locked = await send(place, 'passkey', key.sign(optionsOf(await shown(place))));
    expect([locked.status, locked.html]).toEqual([429, expect.stringMatching(/locked for about 10 min/)]);
  });

  it('are added, listed and removed by who just proved a second factor', async () => {
    const { username, token } = await enrolled();
    const challenge = async () => (await mine(token, 'POST', '/challenge')).body;
    const spare = new SoftwareAuthenticator(directory.address);
    const add = (name: string, answer: string) => mine(token, 'POST', '', { name, answer: JSON.parse(answer) });
    const refused = [
      await add('伪造', spare.make({ challenge: 'made-up' })),
      await add('别处', spare.make(await challenge(), { origin: 'https://evil.example' })),
      await add('别处', spare.make(await challenge(), { rpId: 'evil.example' })),
      await add('无验证', spare.make(await challenge(), { isVerified: false })),
    ];
    expect(refused.map(({ status, body: { code } }) => [status, code])).toEqual(
      Array(4).fill([422, 'PASSKEY_NOT_MADE']),
    );
    const asked = await challenge();
    const made = await add('值班室钥匙', spare.make(asked));
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ name: '值班室钥匙', lastUsedAt: null })]);
    expect((await add('重放', spare.make(asked))).body.code).toBe('PASSKEY_NOT_MADE');
    const next = await challenge();
    expect(next.excludeCredentials).toHaveLength(2);
    expect((await add('又一次', spare.make(next))).body.code).toBe('PASSKEY_TAKEN');
    const { passkeys } = (await mine(token)).body;
    expect(passkeys.map(({ name }: { name: string }) => name)).toEqual(['1', '值班室钥匙']);
    const stranger = await enrolled();
    const remove = async (as: string, at: number) => {
      const { status, body } = await mine(as, 'DELETE', `/${passkeys[at].id}`);
      return body?.code ?? status;
    };
    expect([
      await remove(stranger.token, 0),
      await remove(token, 0),
      await remove(token, 0),
      await remove(token, 1),
    ]).toEqual(['PASSKEY_NOT_FOUND', 204, 'PASSKEY_NOT_FOUND', 'LAST_SECOND_FACTOR']);
    expect((await told(username)).slice(2)).toEqual([
      ['factor.enrolled', 'PASSKEY', ''],
      ['factor.removed', 'PASSKEY', ''],
    ]);
    const place = await enterPassword(username);
    expect((await send(place, 'passkey', spare.sign(optionsOf(place)))).end.pathname).toBe('/signed-in');
  });

  it('are not changed by who proved none lately, and are ten at most', async () => {
    const { token, refreshToken, username } = await enrolled();
    await directory.database.query(
      `INSERT INTO passkeys (id, account, credential_id, public_key, counter, transports, name, added_at)
       SELECT gen_random_uuid(), $1, md5(n::text), '', 0, '{}', n::text, now() FROM generate_series(2, 10) n`,
      [username],
    );
    const spare = new SoftwareAuthenticator(directory.address);
    const answer = JSON.parse(spare.make((await mine(token, 'POST', '/challenge')).body));
    expect((await mine(token, 'POST', '', { name: '第十一个', answer })).body.code).toBe('PASSKEYS_ENOUGH');
    await directory.database.query(`UPDATE sign_in_sessions SET second_factor_at = now() - interval '6 minutes'`);
    const old = (await directory.refresh(refreshToken)).body.access_token ?? '';
    const { id } = (await mine(old)).body.passkeys[0];
    const refused = [
      await mine(old, 'POST', '/challenge'),
      await mine(old, 'POST', '', { name: '1', answer }),
      await mine(old, 'DELETE', `/${id}`),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([403, 'SECOND_FACTOR_NEEDED']),
    );
  });

  it('go with the second factor that a security administrator removes', async () => {
    const { username, token, recoveryCodes } = await enrolled();
    expect((await directory.ask(admin, 'GET', `staff/${username}`)).body.secondFactor).toBe(true);
    expect((await directory.ask(security, 'DELETE', `staff/${username}/second-factor`)).status).toBe(204);
    expect((await directory.ask(admin, 'GET', `staff/${username}`)).body.secondFactor).toBe(false);
    expect((await mine(token)).body.passkeys).toEqual([]);
    const place = await enterPassword(username);
    expect(place.html).toContain('<h1>Set up a second factor</h1>');
    const code = recoveryCodes[0] ?? '';
    const past = await place.browser.walk(new URL(`${place.at.pathname}/code`, place.at), { code });
    expect(past.response?.status).toBe(200);
  });

  it('are not offered at an address where browsers make none', async () => {
    const { username } = await enrolled();
    const here = await DirectoryService.start();
    const token = await here.provedToken('security');
    expect((await here.ask(token, 'GET', 'me/passkeys')).body).toEqual({
      isPossible: false,
      hasApp: true,
      passkeys: [],
    });
    expect((await here.ask(token, 'POST', 'me/passkeys/challenge')).body.code).toBe('PASSKEYS_NOT_HERE');
    await here.stop();
    // A home that moved there: who has only a passkey is told so.
    Object.assign(directory.environment, { PUBLIC_URL: directory.address.replace('localhost', '127.0.0.1') });
    directory.environment.OIDC_ISSUER = directory.issuer;
    await directory.restart();
    const { html } = await enterPassword(username);
    expect(optionsOn(html)).toBeUndefined();
    expect(html).toContain('Passkeys do not work at this address');
  });
});
