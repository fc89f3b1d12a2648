import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BOUNDARY, CT_IMAGE_STORAGE, heldBytes } from '@yinglian/testing';
import { partsOf } from '../../testing/parts-of.js';
import { RegistryService } from '../../testing/registry-service.js';
import { describedBody, METADATA_TYPE } from '../testing/described-body.js';

const MIB = 1024 * 1024;
const STUDY = '1.2.826.0.1.3680043.10.1561.79';
const ANY_FILES = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const one = (vr: string, value: unknown) => ({ vr, Value: [value] });

/** An image of bytes whose pixels lie at `pixels-<number>`. */
const imageOf = (number: number, rows: number, columns: number, series = `${STUDY}.1`) => ({
  '00080016': one('UI', CT_IMAGE_STORAGE),
  '00080018': one('UI', `${series}.${number}`),
  '00100020': one('LO', 'BOUNDS'),
  '0020000D': one('UI', STUDY),
  '0020000E': one('UI', series),
  '00200013': one('IS', number),
  '00280002': one('US', 1),
  '00280004': one('CS', 'MONOCHROME2'),
  '00280010': one('US', rows),
  '00280011': one('US', columns),
  '00280100': one('US', 8),
  '00280101': one('US', 8),
  '00280102': one('US', 7),
  '00280103': one('US', 0),
  '7FE00010': { vr: 'OB', BulkDataURI: `pixels-${number}` },
});

describe('STOW-RS of much metadata and bulk data', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const write = async (sending: ClientRequest, bytes: Uint8Array | string) => {
    if (!sending.write(bytes)) await once(sending, 'drain');
  };

  it('stores 10,000 instances of one request, whose pixels come in another order', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, at) => at + 1);
    const pixels = (number: number) => Buffer.alloc(32 * 32, number % 251);
    const body = describedBody(
      numbers.map((number) => imageOf(number, 32, 32)),
      numbers
        .toReversed()
        .map((number) => ({ type: 'application/octet-stream', location: `pixels-${number}`, body: pixels(number) })),
    );
    const { status, json } = await registry.stow(body, { 'content-type': METADATA_TYPE });
    expect([status, json['00081199'].Value.length, json['00081198']]).toEqual([200, 10_000, undefined]);
    const all = partsOf(await registry.get(`/dicom-web/studies/${STUDY}`, ANY_FILES));
    const right = all.filter(({ body: file }) => {
      const [number] = /\d+$/.exec(/1561\.79\.1\.\d+/.exec(file.toString('latin1', 0, 400))?.[0] ?? '') ?? [];
      return file.subarray(-1024).equals(pixels(Number(number)));
    });
    expect([all.length, right.length]).toEqual([10_000, 10_000]);
  }, 180_000);

  it('lets long bulk data wait on the disk, and leaves nothing there', async () => {
    const series = `${STUDY}.2`;
    const [rows, columns] = [8 * 1024, 6 * 1024];
    const images = [1, 2].map((number) => ({
      ...imageOf(number, rows, columns, series),
      '00091001': { vr: 'OB', BulkDataURI: 'comes-last' },
      '00090010': one('LO', 'BOUNDS'),
    }));
    const sending = request(`${registry.address}/dicom-web/studies`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await registry.stowToken()}`, 'content-type': METADATA_TYPE },
    });
    const answered = new Promise<IncomingMessage>((resolve) => sending.once('response', resolve));
    const part = (location: string) =>
      `--${BOUNDARY}\r\nContent-Type: application/octet-stream\r\nContent-Location: ${location}\r\n\r\n`;
    await write(sending, describedBody(images, [], ''));
    const before = heldBytes();
    let most = 0;
    for (const number of [2, 1]) {
      await write(sending, part(`pixels-${number}`));
      const piece = Buffer.alloc(MIB, number);
      for (let sent = 0; sent < rows * columns; sent += MIB) {
        await write(sending, piece);
        if (sent % (16 * MIB) === 0) most = Math.max(most, heldBytes() - before);
      }
      await write(sending, '\r\n');
    }
    sending.end(`${part('comes-last')}x\r\n--${BOUNDARY}--\r\n`);
    const answer = await answered;
    await answer.toArray();
    expect([answer.statusCode, most < 64 * MIB]).toEqual([200, true]);
    const files = partsOf(await registry.get(`/dicom-web/studies/${STUDY}/series/${series}`, ANY_FILES));
    expect(files.map(({ body }) => [body.at(-1), body.at(-rows * columns)])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const left = await readdir(registry.environment.OBJECTS_FOLDER ?? '');
    expect(left.filter((name) => name.startsWith('spool'))).toEqual([]);
  }, 180_000);
});
