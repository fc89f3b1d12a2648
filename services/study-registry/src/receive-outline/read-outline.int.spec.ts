import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DEFLATED_LITTLE_ENDIAN, OutlinedBytes, PackOutline } from '@yinglian/dicom';
import { machineHas, storableFiles } from '@yinglian/testing';
import { readPack } from '../receive-pack/read-pack.js';
import { packOf } from '../testing/pack-of.js';

/** Pixels that take no more are not left out. */
const NEAR_BYTES = 32;

const packs = () =>
  storableFiles().flatMap(({ path }) => {
    try {
      return [{ path, ...packOf('H001', [readFileSync(path)]) }];
    } catch {
      return [];
    }
  });
const reading = (bytes: Buffer) => ({
  sizeBytes: bytes.length,
  read: async (at: number, length: number) => bytes.subarray(at, at + length),
  readInto: async (into: Buffer, at: number) => void bytes.copy(into, 0, at),
});

(machineHas('pydicom') ? describe : describe.skip)('an outline of each public file', () => {
  it('is read as its pack is, and has none of its pixels', async () => {
    let outlined = 0;
    for (const { path, bytes } of packs()) {
      const pack = reading(bytes);
      const made = await PackOutline.of(bytes.length, pack.read);
      const whole = await readPack(pack);
      const [instance] = whole.index.instances;
      const pixelBytes = instance?.pixels ? instance.length - instance.pixels.offset : 0;
      if (made === undefined) {
        const hasNone = pixelBytes <= NEAR_BYTES || instance?.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN;
        expect([path, hasNone]).toEqual([path, true]);
        continue;
      }
      const outline = PackOutline.parse(made.encode());
      expect([path, await readPack(outline)]).toEqual([path, whole]);
      const carriedBytes = outline.ranges.reduce((sum, [, length]) => sum + length, 0);
      if (pixelBytes > 100_000) expect([path, carriedBytes < bytes.length - pixelBytes / 2]).toEqual([path, true]);
      expect([path, comesSoundly(outline, bytes, whole.manifest.instances)]).toEqual([path, true]);
      outlined += 1;
    }
    expect(outlined).toBeGreaterThan(30);
  });
});

/** Whether the bytes are found to be right piece by piece, and one that is wrong is found. */
function comesSoundly(outline: PackOutline, bytes: Buffer, instances: ConstructorParameters<typeof OutlinedBytes>[1]) {
  const right = new OutlinedBytes(outline, instances);
  for (let at = 0; at < bytes.length; at += 1_000) if (!right.take(bytes.subarray(at, at + 1_000))) return false;
  const wrong = Buffer.from(bytes);
  const last = instances.at(-1);
  const at = (last?.offset ?? 0) + (last?.length ?? 0) - 1;
  wrong.writeUInt8((wrong[at] ?? 0) ^ 1, at);
  return right.soundBytes === bytes.length && !new OutlinedBytes(outline, instances).take(wrong);
}
