import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BOUNDARY, CT_IMAGE_STORAGE, element, heldBytes, multipart, part10 } from '@yinglian/testing';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';

const MIB = 1024 * 1024;
const STUDY = '1.2.826.0.1.3680043.10.1561.78';
const END = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);

/** The beginning of an image whose pixels, so many bytes, come behind it. */
function beginning(number: number, pixelBytes: number): Buffer {
  const sopInstanceUid = `${STUDY}.1.${number}`;
  const length = Buffer.alloc(4);
  length.writeUInt32LE(pixelBytes);
  const dataSet = [
    element(0x00080016, 'UI', CT_IMAGE_STORAGE),
    element(0x00080018, 'UI', sopInstanceUid),
    element(0x00100020, 'LO', 'BOUNDS'),
    element(0x0020000d, 'UI', STUDY),
    element(0x0020000e, 'UI', `${STUDY}.1`),
    element(0x00200013, 'IS', String(number)),
    Buffer.from('e07f10004f420000', 'hex'),
    length,
  ];
  return part10(CT_IMAGE_STORAGE, sopInstanceUid, Buffer.concat(dataSet));
}

describe('STOW-RS of much, of many, and of nobody any more', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start(undefined, { STOW_IDLE_MS: '5000' });
  });
  afterAll(() => registry.stop());

  const begin = async (hospital = 'H001'): Promise<ClientRequest> => {
    const sending = request(`${registry.address}/dicom-web/studies`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await registry.stowToken(hospital)}`,
        'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
      },
    });
    sending.on('error', () => undefined);
    return sending;
  };
  const answerTo = async (sending: ClientRequest) => {
    const answer = await new Promise<IncomingMessage>((resolve) => sending.once('response', resolve));
    const body = Buffer.concat(await answer.toArray()).toString();
    return { status: answer.statusCode, json: JSON.parse(body) };
  };
  const write = async (sending: ClientRequest, bytes: Uint8Array) => {
    if (!sending.write(bytes)) await once(sending, 'drain');
  };

  it('stores 10,000 instances of one request, and gives 10,000 in one answer', async () => {
    const files = Array.from({ length: 10_000 }, (_, at) => beginning(at + 1, 0));
    const { status, json } = await registry.stow(Buffer.from(multipart(files)));
    expect([status, json['00081199'].Value.length, json['00081198']]).toEqual([200, 10_000, undefined]);
    const packs = 'SELECT stored FROM packs WHERE study_uid = $1';
    expect(await registry.database.query(packs, [STUDY])).toEqual(
      Array.from({ length: 10 }, () => ({ stored: 1_000 })),
    );
    const all = await registry.get(
      `/dicom-web/studies/${STUDY}`,
      'multipart/related; type="application/dicom"; transfer-syntax=*',
    );
    expect(
      partsOf(all)
        .map(({ body }, at) => files[at]?.equals(body))
        .filter((isSame) => isSame === true),
    ).toHaveLength(10_000);
  });

  it('lets a long file pass without holding it', async () => {
    const pixelBytes = 128 * MIB;
    const sending = await begin();
    const answer = answerTo(sending);
    await write(sending, multipart([beginning(0, pixelBytes)], { ending: '' }));
    const piece = Buffer.alloc(MIB, 1);
    const before = heldBytes();
    let most = 0;
    for (let sent = 0; sent < pixelBytes; sent += MIB) {
      await write(sending, piece);
      if (sent % (16 * MIB) === 0) most = Math.max(most, heldBytes() - before);
    }
    sending.end(END);
    expect((await answer).status).toBe(200);
    expect(most).toBeLessThan(64 * MIB);
  });

  it('answers 413 to more than 20,000 parts, with what became of those', async () => {
    const parts = Array.from({ length: 20_001 }, () => Buffer.from('x'));
    const { status, json } = await registry.stow(Buffer.from(multipart(parts)));
    expect([status, json['0008119A'].Value.length]).toEqual([413, 20_000]);
  });

  it('takes eight requests of a hospital at once, and drops those that fall silent', async () => {
    const silent = await Promise.all(Array.from({ length: 9 }, () => begin()));
    const closed = silent.map((sending) => new Promise((resolve) => sending.once('close', resolve)));
    const refused = Promise.race(silent.map(answerTo));
    const body = multipart([beginning(99_999, 0)]);
    for (const sending of silent) await write(sending, body.subarray(0, 200));
    expect(await refused).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    expect((await registry.stow(Buffer.from(body))).status).toBe(503);
    expect((await registry.stow(Buffer.from(body), {}, '', 'H002')).status).not.toBe(503);
    await Promise.all(closed);
    expect((await registry.stow(Buffer.from(body))).status).toBe(200);
  });
});
