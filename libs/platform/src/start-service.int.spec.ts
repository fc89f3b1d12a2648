import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  Allow,
  Caller,
  createService,
  defineConfig,
  defineProblems,
  failure,
  PlatformModule,
  type Principal,
  type RunningService,
  unwrap,
} from './index.js';
import { TestIssuer } from './testing/index.js';

const problems = defineProblems({ KETTLE_EMPTY: { status: 409, title: 'The kettle is empty' } });

@Controller('api/tea')
class TeaController {
  @Get('me')
  @Allow({ roles: ['clinician'] })
  me(@Caller() caller: Principal) {
    return caller;
  }

  @Post('cups/:size')
  @Allow({ roles: ['clinician'], scopes: ['packs:write'] })
  pour(
    @Param('size', { schema: z.enum(['small']) }) size: string,
    @Body({ schema: z.object({ sugar: z.number() }) }) body: object,
  ) {
    return { size, body };
  }

  @Get('empty')
  @Allow({ roles: ['clinician'] })
  empty() {
    return unwrap(failure(problems.KETTLE_EMPTY));
  }

  @Get('broken')
  @Allow({ roles: ['clinician'] })
  broken() {
    throw new Error('with a secret inside');
  }

  @Get('undeclared')
  undeclared() {
    return 'nobody declared who may see this';
  }
}

const teaConfig = defineConfig('tea', { LEAVES: z.string() });

describe('a service made by the platform', () => {
  let issuer: TestIssuer;
  let service: RunningService;

  beforeAll(async () => {
    issuer = await TestIssuer.start();
    const config = teaConfig.load({ PORT: '0', LEAVES: 'green', LOG_LEVEL: 'error', ...issuer.environment });
    @Module({ imports: [PlatformModule.forService('tea', config)], controllers: [TeaController] })
    class TeaModule {}
    service = await createService({ name: 'tea', config, module: TeaModule });
  });

  afterAll(async () => {
    await service.stop();
    await issuer.stop();
  });

  const clinician = () => issuer.personToken({ subject: 'dr.chen', roles: ['clinician'], hospital: 'H002' });
  const ask = (path: string, token?: string, init: RequestInit = {}) =>
    fetch(`${service.address}${path}`, {
      ...init,
      headers: { ...init.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    });
  const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

  it('knows the caller and the purpose of use', async () => {
    const response = await ask('/api/tea/me', await clinician(), { headers: { 'x-purpose-of-use': 'ETREAT' } });
    expect(await response.json()).toEqual({
      kind: 'person',
      subject: 'dr.chen',
      displayName: 'dr.chen',
      roles: ['clinician'],
      hospital: 'H002',
      department: null,
      sessionId: 'session-of-dr.chen',
      purposeOfUse: 'ETREAT',
      secondFactorAt: null,
    });
  });

  it('knows when the second factor was proved', async () => {
    const person = { subject: 'dr.chen', roles: ['clinician' as const], hospital: 'H002' };
    const token = await issuer.personToken({ ...person, secondFactorAt: new Date('2026-11-30T08:00:00.900Z') });
    const response = await ask('/api/tea/me', token);
    expect(await response.json()).toMatchObject({ subject: 'dr.chen', secondFactorAt: '2026-11-30T08:00:00.000Z' });
  });

  it('answers every failure as problem+json with a stable code', async () => {
    const token = await clinician();
    const auditor = await issuer.personToken({ subject: 'a', roles: ['auditor'], hospital: null });
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    expect(await codeOf(await ask('/api/tea/me'))).toEqual([401, 'AUTHENTICATION_REQUIRED']);
    expect(await codeOf(await ask('/api/tea/me', 'nonsense'))).toEqual([401, 'TOKEN_INVALID']);
    expect(await codeOf(await ask('/api/tea/me', auditor))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect(await codeOf(await ask('/api/tea/undeclared', token))).toEqual([403, 'ROLE_NOT_ALLOWED']);
    expect(await codeOf(await ask('/api/tea/empty', token))).toEqual([409, 'KETTLE_EMPTY']);
    expect(await codeOf(await ask('/api/tea/nowhere', token))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await ask('/api/tea/cups/huge', token, { ...json, body: '{"sugar":1}' }))).toEqual([
      400,
      'INVALID_REQUEST',
    ]);
    expect(await codeOf(await ask('/api/tea/cups/small', token, { ...json, body: '{"sugar":"x"}' }))).toEqual([
      400,
      'INVALID_REQUEST',
    ]);
    expect(await codeOf(await ask('/api/tea/cups/small', token, { ...json, body: '{' }))).toEqual([
      400,
      'INVALID_REQUEST',
    ]);
    const broken = await ask('/api/tea/broken', token);
    expect(broken.headers.get('content-type')).toMatch('application/problem+json');
    expect(await broken.text()).not.toMatch('secret');
  });

  it('refuses expired tokens and tokens of another issuer', async () => {
    const person = { subject: 'dr.chen', roles: ['clinician' as const], hospital: 'H002' };
    const expired = await issuer.personToken(person, { expiresIn: '-1 minute' });
    const foreign = await issuer.personToken(person, { issuer: 'https://elsewhere.example' });
    expect(await codeOf(await ask('/api/tea/me', expired))).toEqual([401, 'TOKEN_EXPIRED']);
    expect(await codeOf(await ask('/api/tea/me', foreign))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('is watched and described', async () => {
    expect((await ask('/healthz')).status).toBe(200);
    expect((await ask('/readyz')).status).toBe(200);
    await ask('/api/tea/me', await clinician());
    expect(await (await ask('/metrics')).text()).toMatch('http_server_request_duration_seconds_bucket');
    const openApi = (await (await ask('/api/tea/openapi.json')).json()) as { paths: object };
    expect(Object.keys(openApi.paths)).toContain('/api/tea/cups/{size}');
    for (const path of ['/healthz', '/metrics']) expect(openApi.paths).not.toHaveProperty([path]);
  });

  it('names the variables that are wrong, not their values', () => {
    expect(() => teaConfig.load({ PORT: 'hunter2' })).toThrow(/PORT.*LEAVES/s);
    expect(() => teaConfig.load({ PORT: 'hunter2' })).not.toThrow(/hunter2/);
  });
});
