import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { createDeflateRaw } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  EXPLICIT_LITTLE_ENDIAN,
  element,
  PDU_TYPE,
  RawPeer,
  type SmallInstance,
  smallInstance,
} from '@yinglian/testing';
import fc from 'fast-check';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(120_000);

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const SUCCESS = 0;
const CANNOT_UNDERSTAND = 0xc000;
/** Refused, and why: not understood, another instance or no UID, a class that is not stored. */
const REFUSALS = [CANNOT_UNDERSTAND, 0xa900, 0x0122];
const PIXELS = Buffer.from('e07f1000', 'hex');
const STUDY_UID = Buffer.from('20000d00', 'hex');
const BOMB_BYTES = 512 * 1024 * 1024;
const MOST_MEMORY_KIB = 400 * 1024;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
/** The data set with something put before one of its elements. */
const before = (dataSet: Buffer, before: Buffer, bytes: Buffer) => {
  const at = dataSet.indexOf(before);
  return Buffer.concat([dataSet.subarray(0, at), bytes, dataSet.subarray(at)]);
};
/** An element of another VR than its tag has, or of none. */
const ofVr = (tag: number, vr: string, value: Buffer) => {
  const bytes = element(tag, 'SH', value);
  bytes.write(vr, 4, 'latin1');
  return bytes;
};
const oddLength = (tag: number) => Buffer.concat([element(tag, 'SH', 'AB').fill(3, 6, 7), Buffer.from('C')]);
const deep = (levels: number) =>
  Buffer.concat(
    Array.from({ length: levels }, () =>
      Buffer.from('280000055351 0000ffffffff feff00e0ffffffff'.replaceAll(' ', ''), 'hex'),
    ),
  );

async function deflatedBomb(before: Buffer, dataSet: Buffer): Promise<Buffer> {
  const at = dataSet.indexOf(before);
  const head = Buffer.alloc(12);
  head.write('\x09\x00\x10\x10OB\0\0', 'latin1');
  head.writeUInt32LE(BOMB_BYTES, 8);
  const deflate = createDeflateRaw({ level: 1 });
  const deflated = buffer(deflate);
  deflate.write(Buffer.concat([dataSet.subarray(0, at), head]));
  const zeros = Buffer.alloc(4 * 1024 * 1024);
  for (let bytes = 0; bytes < BOMB_BYTES; bytes += zeros.length) {
    if (!deflate.write(zeros)) await new Promise((drained) => deflate.once('drain', drained));
  }
  deflate.end(dataSet.subarray(at));
  return deflated;
}

describe('data sets that break the rules', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  const store = async (instance: SmallInstance, dataSet: Buffer, syntax = EXPLICIT_LITTLE_ENDIAN) => {
    const peer = await RawPeer.connect(gateway.dicomPort);
    const context = { id: 1, abstractSyntax: SECONDARY_CAPTURE, transferSyntaxes: [syntax] };
    expect((await peer.associate({ contexts: [context] }))?.type).toBe(PDU_TYPE.accept);
    const status = await peer.store(1, instance, dataSet);
    peer.close();
    return status;
  };
  const dataSetsAtRegistry = async () =>
    new Set((await gateway.province.instances()).map(({ file, entry }) => sha256(file.subarray(entry.dataSetOffset))));

  it.each<[what: string, status: number, dataSet: (usual: Buffer) => Buffer]>([
    ['a VR that does not exist', SUCCESS, (usual) => before(usual, PIXELS, ofVr(0x00280004, 'ZZ', Buffer.from('AB')))],
    [
      'no VR behind its header',
      SUCCESS,
      (usual) => before(usual, PIXELS, ofVr(0x00280004, '\x01\x02', Buffer.alloc(2))),
    ],
    [
      'no VR within its header',
      CANNOT_UNDERSTAND,
      (usual) => before(usual, STUDY_UID, ofVr(0x00200001, '??', Buffer.alloc(2))),
    ],
    ['a value of odd length', SUCCESS, (usual) => before(usual, PIXELS, oddLength(0x00280004))],
    [
      'a wrong group length',
      SUCCESS,
      (usual) => Buffer.concat([element(0x00080000, 'UL', Buffer.from('ffffff7f', 'hex')), usual]),
    ],
    ['sequences in sequences, 1,000 deep', SUCCESS, (usual) => before(usual, PIXELS, deep(1_000))],
    [
      'pixels that are not there',
      CANNOT_UNDERSTAND,
      (usual) => Buffer.concat([usual.subarray(0, -10), Buffer.from('4f570000ffffff0f0000', 'hex')]),
    ],
    ['nothing but zeros', CANNOT_UNDERSTAND, (usual) => Buffer.alloc(usual.length)],
  ])('with %s are stored as they come, or refused (status %d)', async (_, status, dataSet) => {
    const instance = smallInstance();
    const bytes = dataSet(instance.dataSet);
    expect(await store(instance, bytes)).toBe(status);
    if (status !== SUCCESS) return;
    await eventually('they are at the registry', async () => (await dataSetsAtRegistry()).has(sha256(bytes)));
  });

  it('that inflate to half a gigabyte are stored, and never held', async () => {
    for (const place of [STUDY_UID, PIXELS]) {
      const instance = smallInstance();
      const bomb = await deflatedBomb(place, instance.dataSet);
      expect(bomb.length).toBeLessThan(8 * 1024 * 1024);
      expect(await store(instance, bomb, DEFLATED)).toBe(SUCCESS);
      await eventually('it is at the registry', async () => (await dataSetsAtRegistry()).has(sha256(bomb)));
    }
    expect(await peakMemoryKiB()).toBeLessThan(MOST_MEMORY_KIB);
  });

  it('whatever was changed in them, are stored byte for byte or refused with a status', async () => {
    const taken: string[] = [];
    const change = fc.record({
      at: fc.noBias(fc.nat()),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      isIn: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const instance = smallInstance({ text: 'invented'.repeat(8) });
        const bytes = changes.reduce((dataSet, { at, bytes: some, isIn }) => {
          const place = at % dataSet.length;
          return Buffer.concat([dataSet.subarray(0, place), some, dataSet.subarray(place + (isIn ? 0 : some.length))]);
        }, instance.dataSet);
        const status = await store(instance, bytes);
        expect([SUCCESS, ...REFUSALS]).toContain(status);
        if (status === SUCCESS) taken.push(sha256(bytes));
      }),
      { numRuns: 200 },
    );
    expect(taken.length).toBeGreaterThan(10);
    await eventually('all that was taken is at the registry', async () => {
      const there = await dataSetsAtRegistry();
      return taken.every((digest) => there.has(digest));
    });
  });

  /** The most that the gateway's process ever held. */
  const peakMemoryKiB = async () =>
    Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${gateway.pid}/status`, 'utf8'))?.[1]);
});
