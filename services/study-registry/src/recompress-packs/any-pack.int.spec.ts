import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileObjectStore } from '@yinglian/objects';
import { inPieces } from '@yinglian/objects/testing';
import { element, part10, uint16 } from '@yinglian/testing';
import fc from 'fast-check';
import { readPack } from '../receive-pack/read-pack.js';
import { packKey } from '../storage/pack-index.js';
import { packOf } from '../testing/pack-of.js';
import { sharedBands } from './bands/band-threads.js';
import type { CompactObjectStore } from './compact/compact-object-store.js';
import { makeCompact } from './make-compact.js';
import { packStore } from './pack-store.js';
import { planSegments } from './plan-segments.js';
import { always } from './testing/compact-store.js';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

interface Image {
  readonly columns: number;
  readonly rows: number;
  readonly frames: number;
  readonly samples: 1 | 3;
  readonly allocated: 1 | 8 | 16 | 32;
  readonly stored: number;
  readonly signed: boolean;
  readonly planar: number;
  /** Bytes that are there too many or too few. */
  readonly more: number;
  readonly noise: number;
  readonly dirt: number;
  readonly seed: number;
}

const images: fc.Arbitrary<Image> = fc.record({
  columns: fc.integer({ min: 1, max: 90 }),
  rows: fc.integer({ min: 1, max: 90 }),
  frames: fc.integer({ min: 1, max: 4 }),
  samples: fc.constantFrom(1, 3),
  allocated: fc.constantFrom(8, 16, 8, 16, 16, 1, 32),
  stored: fc.integer({ min: 1, max: 16 }),
  signed: fc.boolean(),
  planar: fc.constantFrom(0, 1),
  more: fc.constantFrom(0, 0, 0, 1, 2, 7, -1, -2),
  noise: fc.constantFrom(0, 1, 3, 40, 65_535),
  dirt: fc.constantFrom(0, 0, 0xffff, 0x8000),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
});

/** A gradient with noise, in the bits that are stored; above them its sign, or what a device left there. */
function pixelData(image: Image): Buffer {
  const { columns, rows, frames, samples, allocated, signed, noise, dirt, more } = image;
  const stored = Math.min(image.stored, allocated);
  const bytes = Buffer.alloc(Math.max(0, Math.ceil((columns * rows * frames * samples * allocated) / 8) + more));
  let state = image.seed;
  const step = allocated === 16 ? 2 : 1;
  for (let at = 0; at + step <= bytes.length; at += step) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const value = Math.floor(at / 40) + (noise === 0 ? 0 : (state >>> 8) % noise);
    const mask = 2 ** stored - 1;
    const sign = signed && (value & mask) >> (stored - 1) === 1 ? ~mask : 0;
    const sample = (value & mask) | sign | (dirt & (state >>> 3) & ~mask);
    if (step === 2) bytes.writeUInt16LE(sample & 0xffff, at);
    else bytes.writeUInt8(sample & 0xff, at);
  }
  return bytes;
}

const fileOf = (image: Image, number: number): Buffer =>
  part10(
    SECONDARY_CAPTURE,
    `1.2.3.${number}`,
    Buffer.concat([
      element(0x00080016, 'UI', SECONDARY_CAPTURE),
      element(0x00080018, 'UI', `1.2.3.${number}`),
      element(0x0020000d, 'UI', '1.2'),
      element(0x0020000e, 'UI', '1.2.3'),
      element(0x00280002, 'US', uint16(image.samples)),
      element(0x00280004, 'CS', image.samples === 1 ? 'MONOCHROME2' : 'RGB'),
      element(0x00280006, 'US', uint16(image.planar)),
      element(0x00280008, 'IS', String(image.frames)),
      element(0x00280010, 'US', uint16(image.rows)),
      element(0x00280011, 'US', uint16(image.columns)),
      element(0x00280100, 'US', uint16(image.allocated)),
      element(0x00280101, 'US', uint16(Math.min(image.stored, image.allocated))),
      element(0x00280102, 'US', uint16(Math.min(image.stored, image.allocated) - 1)),
      element(0x00280103, 'US', uint16(image.signed ? 1 : 0)),
      element(0x7fe00010, image.allocated === 8 ? 'OB' : 'OW', pixelData(image)),
    ]),
  );

describe('any pack', () => {
  let folder: string;
  let store: CompactObjectStore;
  let coded = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    store = packStore(new FileObjectStore(folder));
    await store.begin();
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const check = async (all: readonly Image[], cuts: readonly number[]) => {
    const { bytes, digest } = packOf('H001', all.map(fileOf));
    const key = packKey(digest);
    const incoming = await store.receive(inPieces(bytes), bytes.length);
    await incoming.keep(key).finally(incoming.discard);
    const reader = await store.open(key);
    const { index } = await readPack(reader).finally(reader.release);
    const planned = planSegments(index, bytes.length);
    const recoding = { key, digest, planned, leastSaving: -100, whileRegistered: always, spend: async () => {} };
    expect((await makeCompact(store, sharedBands, recoding)).kind).toBe('made');
    coded += planned.filter(({ shape }) => shape !== undefined).length;
    await store.stored.delete(key);
    const again = await store.open(key);
    expect(again.sizeBytes).toBe(bytes.length);
    for (const cut of cuts) {
      const [from, length] = [
        cut % bytes.length,
        Math.min((cut * 7_919) % 20_000, bytes.length - (cut % bytes.length)),
      ];
      expect((await again.read(from, length)).equals(bytes.subarray(from, from + length))).toBe(true);
    }
    // What is read of it is what was read of the pack.
    expect((await readPack(again).finally(again.release)).index).toEqual(index);
    expect((await store.readAll(key)).equals(bytes)).toBe(true);
    await store.delete(key);
  };

  it('comes back byte by byte, whole and in parts, whatever its pixels are', async () => {
    const packs = fc.tuple(
      fc.array(images, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 5, maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(packs, ([all, cuts]) => check(all, cuts)),
      { numRuns: 150 },
    );
    expect(coded).toBeGreaterThan(100);
  }, 240_000);

  it('comes back when its frames are longer than a band', async () => {
    const image: Image = {
      columns: 2_001,
      rows: 1_501,
      frames: 1,
      samples: 1,
      allocated: 16,
      stored: 12,
      signed: false,
      planar: 0,
      more: 0,
      noise: 20,
      dirt: 0,
      seed: 5,
    };
    const before = coded;
    await check([image], [3_900_000, 4_194_000, 4_200_000, 7]);
    await check([{ ...image, columns: 1_501, samples: 3, allocated: 8, stored: 8 }], [4_190_000, 4_200_000]);
    expect(coded - before).toBe(4);
  });
});
