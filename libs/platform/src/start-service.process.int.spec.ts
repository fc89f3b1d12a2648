import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '@yinglian/servers';
import { spawnBuilt, until, untilServed } from '@yinglian/testing';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PATIENT = '秘密名19771213';

describe('the process of a service', () => {
  let collector: Server;
  let collected: string;
  let output: string;
  let child: ChildProcess;
  let ended: Promise<unknown[]>;
  let tea: string;

  beforeEach(async () => {
    collected = '';
    output = '';
    collector = createServer(async (request, response) => {
      for await (const chunk of request) collected += `${request.url} ${chunk}`;
      response.end();
    });
    await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening));
    const port = await freePort();
    child = spawnBuilt(
      new URL('./testing/tea-process.ts', import.meta.url),
      {
        PORT: String(port),
        OIDC_ISSUER: 'http://127.0.0.1:1',
        OIDC_JWKS_URL: 'http://127.0.0.1:1/jwks',
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      },
      'pipe',
    );
    ended = once(child, 'close');
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += String(chunk);
      });
    }
    tea = `http://127.0.0.1:${port}`;
    await untilServed(child, `${tea}/readyz`, 30_000);
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await ended;
    collector.closeAllConnections();
    await new Promise((closed) => collector.close(closed));
  });

  const get = (path: string) =>
    fetch(`${tea}/api/tea/${path}`, { headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` } });
  const said = (message: string) => untilIt(() => output.includes(message));
  const untilIt = (met: () => boolean | Promise<boolean>) => until(met, () => `The process said: ${output}`);

  it('answers what it was asked before it ends, and takes nothing new', async () => {
    const asked = get('cups/a');
    await said('Pouring');
    child.kill('SIGTERM');
    await untilIt(() =>
      fetch(`${tea}/readyz`).then(
        ({ ok }) => !ok,
        () => true,
      ),
    );
    expect(await (await asked).json()).toEqual({ poured: true });
    expect(await ended).toEqual([0, null]);
  });

  it('ends cleanly also when an answer never comes', async () => {
    const asked = get('endless').then(
      () => 'answered',
      () => 'cut off',
    );
    await said('Waiting');
    child.kill('SIGTERM');
    expect(await asked).toBe('cut off');
    expect(await ended).toEqual([0, null]);
  });

  it('says once that a needed server is away, however many ask', async () => {
    const answers = await Promise.all([get('away'), get('away'), get('away')]);
    child.kill('SIGTERM');
    expect([answers.map(({ status }) => status), await ended]).toEqual([
      [503, 503, 503],
      [0, null],
    ]);
    expect(output.split('the database system is starting up')).toHaveLength(2);
  });

  it('logs lines of JSON with the trace that they belong to, and sends the trace on; patients are in neither', async () => {
    await get(`cups/${encodeURIComponent(PATIENT)}?name=${encodeURIComponent(PATIENT)}`);
    const broken = await get(`spills/${encodeURIComponent(PATIENT)}`);
    expect(await broken.json()).toEqual(expect.objectContaining({ code: 'INTERNAL_ERROR', traceId: TRACE }));
    const metrics = await (await fetch(`${tea}/metrics`)).text();
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);

    const lines = output
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    const pouring = { level: 'info', service: 'tea', context: 'TeaController', msg: 'Pouring', traceId: TRACE };
    expect(lines).toContainEqual({ ...pouring, time: expect.any(String), spanId: expect.any(String) });
    const told = lines.filter(({ err }) => err !== undefined).map(({ msg, err }) => ({ msg, err }));
    const err = {
      type: 'Error',
      code: '22007',
      stack: expect.stringMatching(/^Error: invalid input syntax .*\n +at /),
    };
    const message = 'Error: invalid input syntax for type date: "…"';
    expect(told).toEqual([message, message, 'It cannot be poured'].map((msg) => ({ msg, err })));
    expect(collected).toMatch('/v1/traces');
    expect(collected).toMatch('GET /api/tea/cups/:guest');
    expect(metrics).toMatch('http_route="/api/tea/cups/:guest"');
    for (const text of [output, collected, metrics]) {
      expect(text).not.toMatch(/秘密名|19771213/);
      expect(text).not.toMatch(encodeURIComponent('秘密名'));
    }
  });
});
