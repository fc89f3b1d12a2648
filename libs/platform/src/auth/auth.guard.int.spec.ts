import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { until } from '@yinglian/testing';
import {
  Allow,
  AllowEveryone,
  Caller,
  createService,
  defineConfig,
  type Principal,
  type RunningService,
} from '../index.js';
import { PlatformModule } from '../platform.module.js';
import { TestIssuer } from '../testing/index.js';

@Controller('api/tea')
class TeaController {
  @Get('me')
  @Allow({ roles: ['clinician'], scopes: ['packs:write'] })
  me(@Caller() caller: Principal) {
    return caller;
  }

  @Get('menu')
  @AllowEveryone()
  menu() {
    return { tea: 'green' };
  }
}

const teaConfig = defineConfig('tea', {});
const chen = { sub: 'dr.chen', sid: 's', name: 'Chen', roles: ['clinician'], hospital: 'H002', department: null };
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the guard of every address', () => {
  let issuer: TestIssuer;
  let stranger: TestIssuer;
  let services: RunningService[];
  let address: string;

  async function startTea(environment: Record<string, string>): Promise<string> {
    const config = teaConfig.load({ PORT: '0', LOG_LEVEL: 'error', ...environment });
    @Module({ imports: [PlatformModule.forService('tea', config)], controllers: [TeaController] })
    class TeaModule {}
    const service = await createService({ name: 'tea', config, module: TeaModule });
    services.push(service);
    return service.address;
  }

  beforeAll(async () => {
    services = [];
    [issuer, stranger] = await Promise.all([TestIssuer.start(), TestIssuer.start()]);
    address = await startTea(issuer.environment);
  });
  afterAll(async () => {
    for (const service of services) await service.stop();
    await Promise.all([issuer.stop(), stranger.stop()]);
  });

  async function ask(authorization: string | undefined, headers: Record<string, string> = {}, at = address) {
    const response = await fetch(`${at}/api/tea/me`, {
      headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
    });
    const { code } = (await response.json()) as { code?: string };
    return { status: response.status, code, challenge: response.headers.get('www-authenticate') };
  }

  it('lets in whom the address allows', async () => {
    expect(await ask(`Bearer ${await issuer.sign(chen)}`)).toEqual({ status: 200, code: undefined, challenge: null });
    expect((await ask(`bearer ${await issuer.sign(chen)}`)).status).toBe(200);
    const gateway = await issuer.serviceToken({ clientId: 'gateway-H001', scopes: ['packs:write'], hospital: 'H001' });
    expect((await ask(`Bearer ${gateway}`)).status).toBe(200);
    expect((await fetch(`${address}/api/tea/menu`, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(
      200,
    );
  });

  it('knows when a person last proved a second factor', async () => {
    const provedAt = async (claims: object) => {
      const authorization = `Bearer ${await issuer.sign({ ...chen, ...claims })}`;
      const response = await fetch(`${address}/api/tea/me`, { headers: { authorization } });
      return ((await response.json()) as { secondFactorAt: string | null }).secondFactorAt;
    };
    expect(await provedAt({})).toBeNull();
    expect(await provedAt({ amr: ['pwd', 'otp'], second_factor_time: 1_796_036_190 })).toBe('2026-11-30T10:56:30.000Z');
    expect((await ask(`Bearer ${await issuer.sign({ ...chen, second_factor_time: 'now' })}`)).code).toBe(
      'TOKEN_INVALID',
    );
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', 'Basic ZHIuY2hlbjpzZWNyZXQ='],
    ['a scheme without a token', 'Bearer'],
  ])('asks for a token when it is given %s', async (_, authorization) => {
    expect(await ask(authorization)).toEqual({ status: 401, code: 'AUTHENTICATION_REQUIRED', challenge: 'Bearer' });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['no token at all but words', () => 'nonsense'],
    ['another issuer’s, with that issuer’s key', () => stranger.sign(chen)],
    ['another issuer’s that calls itself ours', () => stranger.sign(chen, { issuer: issuer.url })],
    ['ours that names another issuer', () => issuer.sign(chen, { issuer: 'https://elsewhere.example' })],
    ['for another audience', () => issuer.sign(chen, { audience: 'urn:elsewhere' })],
    ['no access token but an ID token', () => issuer.sign(chen, { type: 'JWT' })],
    ['not valid yet', () => issuer.sign(chen, { notBefore: '10 minutes' })],
    ['without roles', () => issuer.sign({ ...chen, roles: undefined })],
    ['with a role that does not exist', () => issuer.sign({ ...chen, roles: ['clinician', 'emperor'] })],
    [
      'changed after it was signed',
      async () => {
        const [header, , signature] = (await issuer.sign(chen)).split('.');
        return [header, encoded({ ...chen, roles: ['administrator'] }), signature].join('.');
      },
    ],
    ['unsigned', () => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded(chen)}.`],
    [
      'signed with what everybody knows',
      async () => {
        const signed = `${encoded({ alg: 'HS256', typ: 'at+jwt', kid: 'test' })}.${encoded({ ...chen, iss: issuer.url })}`;
        const published = await (await fetch(issuer.environment.OIDC_JWKS_URL)).text();
        return `${signed}.${createHmac('sha256', published).update(signed).digest('base64url')}`;
      },
    ],
  ])('refuses a token that is %s', async (_, token) => {
    const invalid = { status: 401, code: 'TOKEN_INVALID', challenge: 'Bearer error="invalid_token"' };
    expect(await ask(`Bearer ${await token()}`)).toEqual(invalid);
  });

  it('remembers a token no longer than it lives', async () => {
    const authorization = `Bearer ${await issuer.sign(chen, { expiresIn: '2 seconds' })}`;
    expect((await ask(authorization)).status).toBe(200);
    await until(async () => (await ask(authorization)).status !== 200);
    expect(await ask(authorization)).toMatchObject({ status: 401, code: 'TOKEN_EXPIRED' });
  });

  it('says of an expired token that it has expired', async () => {
    const expired = { status: 401, code: 'TOKEN_EXPIRED', challenge: 'Bearer error="invalid_token"' };
    expect(await ask(`Bearer ${await issuer.sign(chen, { expiresIn: '-1 second' })}`)).toEqual(expired);
    // An expired token of somebody else is a foreign one.
    const foreign = await stranger.sign(chen, { expiresIn: '-1 second', issuer: issuer.url });
    expect((await ask(`Bearer ${foreign}`)).code).toBe('TOKEN_INVALID');
  });

  it.each([
    ['people without the role', () => issuer.sign({ ...chen, roles: ['auditor'] })],
    ['people without any role', () => issuer.sign({ ...chen, roles: [] })],
    ['programs without the scope', () => issuer.serviceToken({ clientId: 'x', scopes: [], hospital: null })],
    [
      'programs with scopes that nobody knows',
      () => issuer.sign({ client_id: 'x', scope: 'everything packs:write:all', hospital: null }),
    ],
  ])('knows %s, and does not let them in', async (_, token) => {
    expect(await ask(`Bearer ${await token()}`)).toEqual({ status: 403, code: 'ROLE_NOT_ALLOWED', challenge: null });
  });

  it('refuses a purpose of use that is none', async () => {
    const token = await issuer.sign(chen);
    const answer = await ask(`Bearer ${token}`, { 'x-purpose-of-use': 'CURIOSITY' });
    expect(answer).toEqual({ status: 400, code: 'INVALID_REQUEST', challenge: null });
  });

  it('blames nobody for a token while the issuer’s keys cannot be fetched', async () => {
    const gone = await TestIssuer.start();
    const token = await gone.sign(chen);
    await gone.stop();
    const alone = await startTea(gone.environment);
    expect(await ask(`Bearer ${token}`, {}, alone)).toEqual({ status: 503, code: 'UNAVAILABLE', challenge: null });
  });
});
