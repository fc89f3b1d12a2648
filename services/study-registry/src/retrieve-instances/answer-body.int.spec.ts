import { once } from 'node:events';
import { globSync, truncateSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf } from '@yinglian/testing';
import { fastify } from 'fastify';
import { RegistryService } from '../testing/registry-service.js';
import { answerBody } from './answer-body.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const MIB = 1024 * 1024;

describe('a client that reads slowly', () => {
  const server = fastify();
  const made = { bytes: 0, scratch: 0, ended: false };
  beforeAll(async () => {
    const body = {
      contentType: 'application/octet-stream',
      sizeBytes: 1024 * MIB,
      async *pieces(scratch: Buffer) {
        made.scratch = scratch.length;
        try {
          for (; made.bytes < 1024 * MIB; made.bytes += scratch.length) yield scratch;
        } finally {
          made.ended = true;
        }
      },
    };
    server.get('/', (_request, reply) => answerBody(reply, body, undefined, 400));
    await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());
  let client: Socket | undefined;
  afterEach(() => {
    client?.destroy();
  });

  it('is hung up on when it takes no piece in time; no more than one waits for it, and what was open is closed', async () => {
    const address = server.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The server does not listen');
    client = connect({ port: address.port, host: '127.0.0.1' });
    client.on('error', () => {});
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(client, 'readable');
    // It goes on reading, a byte now and then.
    const reading = setInterval(() => client?.read(1), 50);
    const began = performance.now();
    while (!made.ended && performance.now() - began < 5_000) await new Promise((go) => setTimeout(go, 20));
    clearInterval(reading);
    expect(made.ended).toBe(true);
    expect(made.scratch).toBe(MIB);
    // What the system's buffers hold, and little more.
    expect(made.bytes).toBeLessThan(64 * MIB);
  });
});

describe('the memory of answers, which is used again', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  it('never has the bytes of another one, also when clients hang up in the middle', async () => {
    const series = ctSeries(8);
    await registry.store('H001', series.slices.map(fileOf));
    const address = `/dicom-web/studies/${series.studyInstanceUid}`;
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const hangUp = async () => {
      const client = connect(Number(new URL(registry.address).port), '127.0.0.1').on('error', () => {});
      client.write(
        `GET ${address} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nAccept: ${MULTIPART}\r\n\r\n`,
      );
      await once(client, 'readable');
      client.destroy();
    };
    const readOne = async (n: number) => {
      const slice = series.slices[n % series.slices.length];
      if (slice === undefined) throw new Error('There is no slice');
      const path = `${address}/series/${series.seriesInstanceUid}/instances/${slice.sopInstanceUid}`;
      const { body } = await registry.get(path, 'application/dicom; transfer-syntax=*');
      return body.equals(fileOf(slice));
    };
    for (let round = 0; round < 5; round += 1) {
      const read = Array.from({ length: 24 }, (_, n) => (n % 4 === 0 ? hangUp().then(() => true) : readOne(n)));
      expect(await Promise.all(read)).toEqual(Array(24).fill(true));
    }
  });
});

describe('a pack that is shorter than it was', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const stored = async (count: number) => {
    const series = ctSeries(count);
    const pack = await registry.store('H001', series.slices.map(fileOf));
    const [path = ''] = globSync(join(registry.environment.OBJECTS_FOLDER ?? '', `packs/*/${pack.digest}`));
    return { path, address: `/dicom-web/studies/${series.studyInstanceUid}` };
  };

  it('breaks the answer in its midst', async () => {
    const { path, address } = await stored(6);
    truncateSync(path, 2 * MIB);
    await expect(registry.get(address, MULTIPART)).rejects.toThrow('terminated');
    expect((await registry.get('/dicom-web/studies?limit=1')).status).toBe(200);
  });

  it('is an error where nothing has been sent yet', async () => {
    const { path, address } = await stored(1);
    truncateSync(path, 1_000);
    const { status, json } = await registry.get(address, MULTIPART);
    expect([status, json.code]).toEqual([500, 'INSTANCE_DAMAGED']);
  });
});
