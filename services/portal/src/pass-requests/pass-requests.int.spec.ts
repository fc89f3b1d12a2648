import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestPortal } from '../testing/test-portal.js';
import { digestBody, UpstreamService } from '../testing/upstream-service.js';

const MEBIBYTE = 1024 * 1024;
const block = randomBytes(MEBIBYTE);

describe('the edge before its services', () => {
  let services: UpstreamService;
  let portal: TestPortal;
  let release: () => void = () => undefined;

  beforeAll(async () => {
    services = await UpstreamService.start((request, response) => {
      const path = request.url ?? '';
      if (request.method === 'PUT') return digestBody(request, response);
      if (path.includes('/large')) {
        const parts = Number(/large\/(\d+)/.exec(path)?.[1]);
        const sized = path.includes('sized') ? { 'content-length': parts * MEBIBYTE } : {};
        response.writeHead(200, { 'content-type': 'application/dicom', ...sized });
        return void Readable.from(Array.from({ length: parts }, () => block)).pipe(response);
      }
      if (path.includes('/broken-off')) {
        response.writeHead(200, { 'content-length': 2 * MEBIBYTE });
        return void response.write(block, () => response.destroy());
      }
      if (path.includes('/slow')) {
        response.write('first ');
        release = () => response.end('last');
        return undefined;
      }
      if (path.includes('/begun')) {
        // As a service does that fails midway: it has begun to read, and reads no further.
        return void request.once('readable', () => response.writeHead(507).end(String(request.read(1).length)));
      }
      if (path.includes('/refused')) {
        return void response.writeHead(413, { 'content-type': 'application/problem+json' }).end('{"code":"X"}');
      }
      response.writeHead(200, { 'x-powered-by': 'something', server: 'something', 'x-own': 'kept', 'keep-alive': 'x' });
      response.end(`${request.method} ${path}`);
      return undefined;
    });
    portal = await TestPortal.start(services.url);
  });
  afterAll(async () => {
    await portal.stop();
    await services.stop();
  });

  const sha256 = async (response: Response) => {
    const hash = createHash('sha256');
    for await (const chunk of response.body ?? []) hash.update(chunk);
    return hash.digest('hex');
  };
  const sha256OfBlocks = (count: number) => {
    const hash = createHash('sha256');
    for (let i = 0; i < count; i += 1) hash.update(block);
    return hash.digest('hex');
  };

  it.each([
    '/oidc/.well-known/openid-configuration',
    '/dicom-web/studies?PatientName=%E7%8E%8B*&00080061=CT',
    '/api/directory/hospitals',
    '/api/study-registry/persons/P1/studies',
    '/api/patient-index/persons/P1',
    '/fhir/Patient/$ihe-pix?sourceIdentifier=urn:x%7C1',
    '/api/consent-audit/accesses?actor=a%2Fb',
  ])('passes %s on as it is', async (path) => {
    const response = await fetch(portal.edge + path);
    expect([response.status, await response.text()]).toEqual([200, `GET ${path}`]);
  });

  it('passes nothing else: internal addresses of services and unknown services are not there', async () => {
    for (const path of [
      '/api/nowhere/x',
      '/api/portal/x',
      '/cds-services/x',
      '/assets/nothing.js',
      '/api/directoryx',
    ]) {
      const response = await fetch(portal.edge + path);
      expect([path, response.status, ((await response.json()) as { code: string }).code]).toEqual([
        path,
        404,
        'NOT_FOUND',
      ]);
    }
    const before = services.requests.length;
    await fetch(`${portal.edge}/metrics`);
    await fetch(`${portal.edge}/healthz`);
    expect(services.requests.length).toBe(before);
  });

  it('says where a request came from, whatever the client claims, and keeps what is for one connection', async () => {
    await new Promise<void>((done, failed) => {
      const headers = {
        'x-forwarded-for': '10.9.9.9',
        'x-forwarded-proto': 'https',
        forwarded: 'for=10.9.9.9',
        'x-real-ip': '10.9.9.9',
        connection: 'keep-alive, x-private',
        'x-private': 'for this connection',
        te: 'trailers',
        authorization: 'Bearer token',
        'x-purpose-of-use': 'ETREAT',
      };
      httpRequest(`${portal.edge}/dicom-web/studies`, { headers }, (response) => response.resume().on('end', done))
        .on('error', failed)
        .end();
    });
    const { lastHeaders } = services;
    expect(lastHeaders).toMatchObject({
      host: 'portal.example:8080',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'portal.example:8080',
      'x-forwarded-proto': 'http',
      authorization: 'Bearer token',
      'x-purpose-of-use': 'ETREAT',
      traceparent: expect.stringMatching(/^00-/),
    });
    for (const name of ['forwarded', 'x-real-ip', 'x-private', 'te']) expect(lastHeaders[name]).toBeUndefined();
  });

  it('does not tell what a service is made of', async () => {
    const { headers } = await fetch(`${portal.edge}/api/directory/x`);
    expect([headers.get('x-powered-by'), headers.get('server'), headers.get('x-own')]).toEqual([null, null, 'kept']);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['sized', 'chunked'])('gives a large answer back byte for byte: %s, several at once', async (kind) => {
    const wanted = sha256OfBlocks(64);
    const answers = [1, 2, 3].map(() => fetch(`${portal.edge}/dicom-web/large/64/${kind}`).then(sha256));
    expect(await Promise.all(answers)).toEqual([wanted, wanted, wanted]);
  });

  it('passes a large body on as it comes, of known length or not, whatever its type', async () => {
    const put = (body: ReadableStream | Blob, headers: Record<string, string> = {}) =>
      fetch(`${portal.edge}/api/study-registry/packs/x`, {
        method: 'PUT',
        body,
        headers,
        duplex: 'half',
      } as RequestInit);
    const expected = { bytes: 200 * MEBIBYTE, sha256: sha256OfBlocks(200) };
    const chunked = await put(
      Readable.toWeb(Readable.from(Array.from({ length: 200 }, () => block))) as ReadableStream,
      {
        'content-type': 'application/vnd.yinglian.pack',
      },
    );
    expect(await chunked.json()).toEqual(expected);
    const sized = await put(new Blob(Array.from({ length: 200 }, () => block)), { 'content-type': 'application/json' });
    expect(await sized.json()).toEqual(expected);
    expect(services.lastHeaders['content-length']).toBe(String(200 * MEBIBYTE));
  });

  it('takes an answer no faster than the client does', async () => {
    const before = process.memoryUsage().rss;
    const response = await new Promise<IncomingMessage>((answered) =>
      httpRequest(`${portal.edge}/dicom-web/large/1500/sized`, answered).end(),
    );
    response.pause();
    await new Promise((later) => setTimeout(later, 500));
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * MEBIBYTE);
    response.destroy();
  });

  it('gives a slow client every byte as it was', async () => {
    const response = await new Promise<IncomingMessage>((answered) =>
      httpRequest(`${portal.edge}/dicom-web/large/96/sized`, answered).end(),
    );
    const hash = createHash('sha256');
    for await (const chunk of response) {
      hash.update(chunk);
      await new Promise((later) => setTimeout(later, 1));
    }
    expect(hash.digest('hex')).toBe(sha256OfBlocks(96));
  });

  it('shows the head and the beginning of an answer before its end', async () => {
    const response = await fetch(`${portal.edge}/dicom-web/slow`);
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first ');
    release();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('last');
  });

  it('does not make an answer that broke off look whole', async () => {
    const response = await fetch(`${portal.edge}/dicom-web/broken-off`);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('answers when a service refuses before the body has come', async () => {
    const { hostname, port } = new URL(portal.edge);
    const socket = connect(Number(port), hostname);
    socket.write('POST /dicom-web/refused HTTP/1.1\r\nhost: x\r\ncontent-length: 10737418240\r\n\r\nbegin');
    const answer = await new Promise<string>((came) => socket.once('data', (data) => came(data.toString())));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it('ends a request whose answer came before its body, and takes the rest of it from the client', async () => {
    const { hostname, port } = new URL(portal.edge);
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.on('data', (data) => {
      received += data.toString();
    });
    socket.write(`POST /dicom-web/begun HTTP/1.1\r\nhost: x\r\ncontent-length: ${64 * MEBIBYTE}\r\n\r\n`);
    for (let i = 0; i < 64; i += 1) socket.write(block);
    while (!received.startsWith('HTTP/1.1 507 ')) await once(socket, 'data');
    const begun = services.requests.at(-1);
    if (begun === undefined) throw new Error('The service was not asked');
    await new Promise((closed) => begun.resume().socket.once('close', closed));
    expect(begun.complete).toBe(false);
    socket.write('GET /dicom-web/small HTTP/1.1\r\nhost: x\r\n\r\n');
    while (!received.includes('GET /dicom-web/small')) await once(socket, 'data');
    socket.destroy();
  });

  it('uses one connection again after a large answer', async () => {
    for (let i = 0; i < 3; i += 1) await fetch(`${portal.edge}/dicom-web/large/2/sized`).then(sha256);
    expect(await (await fetch(`${portal.edge}/dicom-web/small`)).text()).toBe('GET /dicom-web/small');
  });
});

describe('the edge without a service', () => {
  it('answers 503 quickly, and serves again when the service is back; a request on the way waits for it', async () => {
    const answer = (_: IncomingMessage, response: { end(text: string): void }) => response.end('back');
    let services = await UpstreamService.start(answer);
    const portal = await TestPortal.start(services.url);
    try {
      await services.stop();
      const startedAt = performance.now();
      for (const init of [{}, { method: 'POST', body: 'x' }]) {
        const response = await fetch(`${portal.edge}/api/directory/hospitals`, init);
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        expect([response.status, await response.json()]).toMatchObject([503, { code: 'UNAVAILABLE', status: 503 }]);
      }
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      const waiting = fetch(`${portal.edge}/api/directory/hospitals`);
      await new Promise((later) => setTimeout(later, 100));
      services = await UpstreamService.start(answer, services.port);
      expect(await (await waiting).text()).toBe('back');
    } finally {
      await portal.stop();
      await services.stop();
    }
  });
});
