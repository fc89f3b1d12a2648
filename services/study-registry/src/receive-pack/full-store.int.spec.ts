import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DicomJson, PACK_MEDIA_TYPE, STATUS } from '@yinglian/dicom';
import { ctSeries, fileOf, multipart, smallDisk } from '@yinglian/testing';
import { describedBody, METADATA_TYPE } from '../store-instances/testing/described-body.js';
import { packOf, type TestPack } from '../testing/pack-of.js';
import { RegistryService } from '../testing/registry-service.js';

const DISK_MIB = 64;
// Whoever may not mount one leaves this out.
const disk = smallDisk(DISK_MIB);

(disk === undefined ? describe.skip : describe)('a pack that the store has no room for', () => {
  let registry: RegistryService;
  let token: string;
  let client: Socket;
  let received = '';
  beforeAll(async () => {
    registry = await RegistryService.start(join(disk?.folder ?? '', 'objects'));
    token = await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital: 'H001' });
    const { hostname, port } = new URL(registry.address);
    client = connect(Number(port), hostname);
    client.on('data', (data) => {
      received += data.toString();
    });
  });
  afterAll(async () => {
    client.destroy();
    await registry.stop();
    disk?.remove();
  });

  /** Asks over the one connection; resolves with the answer's status and the code of its problem. */
  const ask = async (method: string, { digest }: TestPack, body: Buffer) => {
    const head = [
      `${method} /api/study-registry/packs/${digest} HTTP/1.1`,
      'host: registry',
      `authorization: Bearer ${token}`,
      `content-type: ${PACK_MEDIA_TYPE}`,
      `content-length: ${body.length}`,
    ];
    received = '';
    client.write(`${head.join('\r\n')}\r\n\r\n`);
    client.write(body);
    while (!received.includes('\r\n\r\n')) await once(client, 'data');
    return [Number(received.split(' ')[1]), /"code":"(\w+)"/.exec(received)?.[1]];
  };
  it('is refused midway, and its connection serves what comes next', async () => {
    const pack = packOf('H001', ctSeries(20).slices.map(fileOf));
    disk?.fill();
    expect(await ask('PUT', pack, pack.bytes)).toEqual([507, 'STORE_FULL']);
    disk?.free();
    expect(await ask('HEAD', pack, Buffer.alloc(0))).toEqual([404, undefined]);
    expect(await ask('PUT', pack, pack.bytes)).toEqual([201, undefined]);
  });

  it('is an instance of STOW-RS that is refused for lack of resources, and stored when there is room', async () => {
    const body = Buffer.from(multipart(ctSeries(12).slices.map(fileOf)));
    disk?.fill();
    const refused = await registry.stow(body);
    const reasons: DicomJson[] = refused.json['00081198']?.Value ?? [];
    expect([refused.status, reasons.map((item) => item['00081197']?.Value?.[0])]).toEqual([
      409,
      Array.from({ length: 12 }, () => STATUS.outOfResources),
    ]);
    disk?.free();
    expect((await registry.stow(body)).status).toBe(200);
  });

  it('is an instance of metadata, whose bulk data the disk has no room for, that is refused for lack of resources', async () => {
    const uid = '1.2.826.0.1.3680043.10.1561.80';
    const one = (vr: string, value: string) => ({ vr, Value: [value] });
    const metadata = {
      '00080016': one('UI', '1.2.840.10008.5.1.4.1.1.104.1'),
      '00080018': one('UI', `${uid}.3`),
      '00100020': one('LO', 'FULL'),
      '0020000D': one('UI', `${uid}.1`),
      '0020000E': one('UI', `${uid}.2`),
      '00420011': { vr: 'OB', BulkDataURI: 'long' },
    };
    const long = { type: 'application/octet-stream', location: 'long', body: Buffer.alloc(8 * 1024 * 1024) };
    const body = describedBody([metadata], [long]);
    disk?.fill();
    const refused = await registry.stow(body, { 'content-type': METADATA_TYPE });
    const reasons: DicomJson[] = refused.json['00081198']?.Value ?? [];
    expect([refused.status, reasons.map((item) => item['00081197']?.Value?.[0])]).toEqual([
      409,
      [STATUS.outOfResources],
    ]);
    disk?.free();
    expect((await registry.stow(body, { 'content-type': METADATA_TYPE })).status).toBe(200);
  });
});
