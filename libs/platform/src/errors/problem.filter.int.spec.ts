import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, HttpException, Module, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AllowEveryone, createService, defineConfig, PlatformModule, type RunningService } from '../index.js';

const Cup = z.object({ cup: z.string() });
const MIB = 1024 * 1024;

@Controller('api/tea')
@AllowEveryone()
class TeaController {
  @Post('cups')
  cup(@Body({ schema: Cup }) { cup }: z.output<typeof Cup>) {
    return { length: cup.length };
  }

  @Post('leaves')
  async leaves(@Body() body: Readable) {
    let sizeBytes = 0;
    for await (const chunk of body) sizeBytes += (chunk as Buffer).length;
    return { sizeBytes };
  }

  @Get('row')
  row() {
    const message = 'invalid input syntax for type date: "张伟 19771213"';
    throw Object.assign(new Error(message), { code: '22007', detail: 'Failing row contains (张伟).', table: 'person' });
  }

  @Get('words')
  words() {
    throw '张伟';
  }

  @Get('teapot')
  teapot() {
    throw new HttpException('I am a teapot', 418);
  }

  @Get('away')
  away() {
    throw Object.assign(new Error('the database system is starting up'), { code: '57P03' });
  }

  @Get('half')
  async half(@Res() reply: FastifyReply) {
    reply.raw.writeHead(200, { 'content-length': '1000' });
    reply.raw.write('half');
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw new Error('The tea is cold');
  }
}

describe('a request that goes wrong', () => {
  let service: RunningService;
  let tea: string;

  beforeAll(async () => {
    const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URL: 'http://127.0.0.1:1/jwks' };
    const config = defineConfig('tea', {}).load({ PORT: '0', LOG_LEVEL: 'error', ...issuer });
    @Module({ imports: [PlatformModule.forService('tea', config)], controllers: [TeaController] })
    class TeaModule {}
    const streamedMediaTypes = ['application/octet-stream'];
    service = await createService({ name: 'tea', config, module: TeaModule, streamedMediaTypes });
    tea = `${service.address}/api/tea`;
  });
  afterAll(() => service.stop());

  const post = (path: string, body: string, type = 'application/json') =>
    fetch(`${tea}${path}`, { method: 'POST', body, headers: { 'content-type': type } });
  const problemOf = async (response: Response) => (await response.json()) as Record<string, unknown>;

  it('is answered with RFC 9457 problem details, a stable code and the trace’s id, and is not cached', async () => {
    const response = await post('/cups', '{"cup":1}');
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await problemOf(response)).toEqual({
      type: 'urn:yinglian:problem:INVALID_REQUEST',
      title: 'The request does not have the documented form',
      status: 400,
      code: 'INVALID_REQUEST',
      detail: 'cup: Invalid input: expected string, received number',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it.each([
    ['a body that is not JSON', '{"cup":', 'application/json', 400, 'INVALID_REQUEST'],
    ['no body', '', 'application/json', 400, 'INVALID_REQUEST'],
    [
      'a body that would change what objects are',
      '{"__proto__":{"cup":"a"}}',
      'application/json',
      400,
      'INVALID_REQUEST',
    ],
    ['a media type that nobody takes', '<cup/>', 'application/xml', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('is refused for %s', async (_, body, type, status, code) => {
    const response = await post('/cups', body, type);
    expect([response.status, (await problemOf(response)).code]).toEqual([status, code]);
  });

  it('may have a JSON body of a mebibyte, not more', async () => {
    const frame = JSON.stringify({ cup: '' }).length;
    const largest = await post('/cups', JSON.stringify({ cup: 'a'.repeat(MIB - frame) }));
    expect([largest.status, await largest.json()]).toEqual([201, { length: MIB - frame }]);
    const larger = await post('/cups', JSON.stringify({ cup: 'a'.repeat(MIB - frame + 1) }));
    expect([larger.status, (await problemOf(larger)).code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('is cut off at the mebibyte also when it does not say how long it is', async () => {
    let sentBytes = 0;
    function* endless() {
      for (;;) {
        sentBytes += 64 * 1024;
        yield Buffer.alloc(64 * 1024, 'a');
      }
    }
    const answer = await new Promise((resolve) => {
      const sending = request(`${tea}/cups`, { method: 'POST', headers: { 'content-type': 'application/json' } });
      const body = Readable.from(endless());
      sending.once('response', (response) => {
        body.destroy();
        response.resume();
        resolve(response.statusCode);
      });
      // Closing the connection can overtake the answer.
      sending.on('error', () => resolve('cut off'));
      body.pipe(sending);
    });
    expect([413, 'cut off']).toContain(answer);
    expect(sentBytes).toBeLessThan(64 * MIB);
  });

  it('hands a streamed body on without a bound', async () => {
    const response = await post('/leaves', 'a'.repeat(5 * MIB), 'application/octet-stream');
    expect([response.status, await response.json()]).toEqual([201, { sizeBytes: 5 * MIB }]);
  });

  it.each(['/row', '/words', '/teapot'])('says nothing of what is inside: %s', async (path) => {
    const response = await fetch(`${tea}${path}`);
    const { traceId, ...problem } = await problemOf(response);
    expect(problem).toEqual({
      type: 'urn:yinglian:problem:INTERNAL_ERROR',
      title: 'Something unexpected went wrong; the trace id finds it in the logs',
      status: 500,
      code: 'INTERNAL_ERROR',
    });
    expect(traceId).toEqual(expect.any(String));
  });

  it('is to come again when a needed server is away', async () => {
    const response = await fetch(`${tea}/away`);
    const { code, detail } = await problemOf(response);
    expect([response.status, response.headers.get('retry-after'), code, detail]).toEqual([
      503,
      '1',
      'UNAVAILABLE',
      undefined,
    ]);
  });

  it('breaks off an answer that has begun, so that nobody takes half of it for the whole', async () => {
    const response = await fetch(`${tea}/half`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it.each(['/api/tea/%E0%A4%A', `/api/tea/${'a'.repeat(9_000)}`])(
    'has a problem for an address like %.20s',
    async (path) => {
      const response = await fetch(`${service.address}${path}`);
      expect(response.headers.get('content-type')).toMatch('application/problem+json');
      expect(response.status).toBeLessThan(500);
    },
  );
});
