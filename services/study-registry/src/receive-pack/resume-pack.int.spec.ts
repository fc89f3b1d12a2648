import { readdir, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PACK_MEDIA_TYPE } from '@yinglian/dicom';
import { ctSeries, fileOf } from '@yinglian/testing';
import { packOf, type TestPack } from '../testing/pack-of.js';
import { RegistryService } from '../testing/registry-service.js';

/** What a stream may hold when its connection ends, and lose. */
const ON_ITS_WAY_BYTES = 128 * 1024;

describe('a pack whose connection breaks', () => {
  let registry: RegistryService;
  let token: string;
  beforeAll(async () => {
    registry = await RegistryService.start();
    token = await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital: 'H001' });
  });
  afterAll(() => registry.stop());

  const ten = () => packOf('H001', ctSeries(10).slices.map(fileOf));
  const rangeOf = ({ bytes }: TestPack, from: number) => `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  const unfinished = async () => readdir(join(registry.environment.OBJECTS_FOLDER ?? '', 'unfinished', 'H001'));

  const offsetOf = async ({ digest }: TestPack, hospital = 'H001') => {
    const asking = await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital });
    const { status, headers } = await registry.ask('HEAD', `/api/study-registry/packs/${digest}`, {
      headers: { authorization: `Bearer ${asking}` },
    });
    return status === 404 ? Number(headers.get('upload-offset')) : status;
  };

  /** Sends bytes of the pack and leaves the connection open; the returned function cuts it. */
  const begin = async (pack: TestPack, from: number, to: number) => {
    const { hostname, port } = new URL(registry.address);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).resume();
    const head = [
      `PUT /api/study-registry/packs/${pack.digest} HTTP/1.1`,
      `host: ${hostname}`,
      `authorization: Bearer ${token}`,
      `content-type: ${PACK_MEDIA_TYPE}`,
      `content-range: ${rangeOf(pack, from)}`,
      `content-length: ${pack.bytes.length - from}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await new Promise<void>((sent) => socket.write(pack.bytes.subarray(from, to), () => sent()));
    return socket;
  };

  const incomingBytes = async ({ digest }: TestPack) => {
    const folder = join(registry.environment.OBJECTS_FOLDER ?? '', 'incoming');
    const file = (await readdir(folder)).find((name) => name.endsWith(digest));
    return file === undefined ? 0 : (await stat(join(folder, file))).size;
  };

  const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

  it('goes on where it stopped, however often: no more is sent again than was on its way', async () => {
    const pack = ten();
    let at = 0;
    for (let cuts = 0; cuts < 6; cuts += 1) {
      const to = at + 1 + Math.floor(Math.random() * 400_000);
      const socket = await begin(pack, at, to);
      socket.end();
      await closed(socket);
      const before = at;
      at = await offsetOf(pack);
      expect(at).toBeGreaterThanOrEqual(Math.max(before, to - ON_ITS_WAY_BYTES));
      expect(at).toBeLessThanOrEqual(to);
    }
    const last = await registry.put({ digest: pack.digest, bytes: pack.bytes.subarray(at) }, 'H001', {
      'content-range': rangeOf(pack, at),
    });
    expect([last.status, last.json]).toEqual([201, { stored: 10, duplicates: 0, quarantined: 0, notServed: [] }]);
    expect(await unfinished()).not.toContain(pack.digest);
    expect(await offsetOf(pack)).toBe(200);
  });

  it('is taken from a connection that is still half open when the gateway comes another way', async () => {
    const pack = ten();
    const socket = await begin(pack, 0, 3_000_000);
    const cut = closed(socket);
    while ((await incomingBytes(pack)) === 0) await new Promise((wait) => setImmediate(wait));
    const at = await offsetOf(pack);
    expect(at).toBeGreaterThan(0);
    await cut;
    const rest = await registry.put({ digest: pack.digest, bytes: pack.bytes.subarray(at) }, 'H001', {
      'content-range': rangeOf(pack, at),
    });
    expect(rest.status).toBe(201);
  });

  it('does not go on at another place, in another hospital’s name, or with a range that is none', async () => {
    const pack = ten();
    const socket = await begin(pack, 0, 500_000);
    socket.end();
    await closed(socket);
    const at = await offsetOf(pack);
    expect([at, await offsetOf(pack, 'H002')]).toEqual([500_000, 0]);
    const put = async (from: number, range = rangeOf(pack, from)) => {
      const body = { digest: pack.digest, bytes: pack.bytes.subarray(from) };
      const { status, json } = await registry.put(body, 'H001', { 'content-range': range });
      return [status, json.code];
    };
    expect(await put(at + 1)).toEqual([409, 'UPLOAD_OFFSET_MISMATCH']);
    expect(await put(at, `bytes ${at}-${pack.bytes.length}/${pack.bytes.length}`)).toEqual([
      400,
      'UPLOAD_RANGE_INVALID',
    ]);
    expect(await put(at, `bytes ${at}-*/9`)).toEqual([400, 'UPLOAD_RANGE_INVALID']);
    expect(await offsetOf(pack)).toBe(at);
  });

  it('is begun anew when what is kept of it is not what the gateway has', async () => {
    const [pack, other] = [ten(), ten()];
    const socket = await begin({ ...pack, bytes: other.bytes.subarray(0, pack.bytes.length) }, 0, 400_000);
    socket.end();
    await closed(socket);
    expect(await offsetOf(pack)).toBe(400_000);
    const rest = await registry.put({ digest: pack.digest, bytes: pack.bytes.subarray(400_000) }, 'H001', {
      'content-range': rangeOf(pack, 400_000),
    });
    expect([rest.status, rest.json.code]).toEqual([422, 'PACK_DIGEST_MISMATCH']);
    expect(await offsetOf(pack)).toBe(0);
    expect((await registry.put(pack)).status).toBe(201);
  });
});
