import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runProgram } from '@yinglian/testing';
import { Alarms } from '../alarms/alarms.js';
import { ProvinceWatch } from '../watch-health/province-watch.js';
import { AccessToken } from './access-token.js';
import { bySecret } from './client-proof.js';
import { ProvinceClient, type ProvinceRoute } from './province.client.js';

describe('a line to the province', () => {
  const servers: Server[] = [];
  let folder: string;
  const trusted = getCACertificates('default');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-line-'));
  });
  afterAll(async () => {
    setDefaultCACertificates(trusted);
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true });
  });

  /** Answers a token to POST, and else from which address it was asked. */
  const province = async (server: Server) => {
    servers.push(server);
    server.on('request', (request, response) => {
      const token = { access_token: 'a-token', expires_in: 600 };
      response.end(request.method === 'POST' ? JSON.stringify(token) : request.socket.remoteAddress);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  const asked = async (url: string, route: ProvinceRoute) => {
    const token = new AccessToken({ tokenUrl: `${url}/token`, prove: bySecret('g', 'x'), scope: 's' });
    const client = new ProvinceClient(url, token, route);
    return client.get('/').finally(() => client.close());
  };

  it('leaves this machine by the address that was chosen', async () => {
    const url = `http://127.0.0.1:${await province(createPlainServer())}`;
    expect((await asked(url, { localAddress: '127.0.0.9' })).body).toBe('127.0.0.9');
    expect((await asked(url, {})).body).toBe('127.0.0.1');
  });

  it('shows the province’s certificate, whose end is seen a month before', async () => {
    const alarms = new Alarms();
    const watch = new ProvinceWatch(alarms);
    for (const [days, raised] of [
      [9, [{ code: 'CERTIFICATE_NEAR_END', details: { certificate: 'localhost', days: 8 } }]],
      [90, []],
    ] as const) {
      const [key, cert] = ['key', 'cert'].map((name) => join(folder, `${name}-${days}.pem`));
      const made = await runProgram('openssl', [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost'],
        ...['-addext', 'subjectAltName=DNS:localhost', '-days', String(days), '-keyout', `${key}`, '-out', `${cert}`],
      ]);
      expect(made.code).toBe(0);
      const pem = { key: await readFile(`${key}`), cert: await readFile(`${cert}`, 'utf8') };
      setDefaultCACertificates([pem.cert]);
      const port = await province(createTlsServer(pem));
      expect((await asked(`https://localhost:${port}`, { observer: watch })).status).toBe(200);
      expect(alarms.list().map(({ code, details }) => ({ code, details }))).toEqual(raised);
    }
  });
});
