import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UpstreamService } from '../testing/upstream-service.js';
import { Upstream } from './upstream.js';

const WITHIN_MS = 300;
const LATER_MS = 3 * WITHIN_MS;

describe('a service that hangs', () => {
  let service: UpstreamService;
  let upstream: Upstream;
  let edge: Server;
  let url: string;
  beforeAll(async () => {
    service = await UpstreamService.start(({ url: path, method }, response) => {
      if (path === '/begins') response.write('first ');
      if (path !== '/hangs') setTimeout(() => response.end(`${method} later`), LATER_MS);
    });
    upstream = new Upstream(service.url, service.url, WITHIN_MS);
    edge = createServer((incoming, outgoing) => void upstream.pass(incoming, outgoing));
    await new Promise<void>((listening) => edge.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(edge.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    edge.closeAllConnections();
    edge.close();
    upstream.close();
    await service.stop();
  });

  it('is waited for so long, and asked once', async () => {
    const answer = await fetch(`${url}/hangs`);
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'UNAVAILABLE' }]);
    expect(service.requests.filter(({ url: path }) => path === '/hangs')).toHaveLength(1);
  });

  it('may take its time when its answer has begun, or when something is to be changed', async () => {
    expect(await (await fetch(`${url}/begins`)).text()).toBe('first GET later');
    expect(await (await fetch(`${url}/changes`, { method: 'POST', body: 'x' })).text()).toBe('POST later');
  });
});
