import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BandShape, bandBytes } from './band.js';
import { decodeBand, encodeBand } from './code-band.js';

const shapes = fc.record<BandShape>({
  width: fc.integer({ min: 1, max: 37 }),
  height: fc.integer({ min: 1, max: 23 }),
  bytesPerSample: fc.constantFrom(1, 2),
  samplesPerPixel: fc.constantFrom(1, 3),
});

/** Of a device: smooth, in some of the bits, signed or not, with something else above them. */
const pixels = (shape: BandShape) => {
  const samples = bandBytes(shape) / shape.bytesPerSample;
  const bits = shape.bytesPerSample * 8;
  return fc
    .record({
      stored: fc.integer({ min: 1, max: bits }),
      first: fc.integer({ min: 0, max: 0xffff }),
      steps: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 50 }),
      above: fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 9 }),
      isDirty: fc.boolean(),
      isSigned: fc.boolean(),
    })
    .map(({ stored, first, steps, above, isDirty, isSigned }) => {
      const values = shape.bytesPerSample === 1 ? new Uint8Array(samples) : new Uint16Array(samples);
      const mask = 2 ** stored - 1;
      let value = first & mask;
      for (let at = 0; at < samples; at += 1) {
        value = (value + (steps[at % steps.length] ?? 0)) & mask;
        const sign = isSigned && value > mask / 2 ? ~mask : 0;
        values[at] = value | (isDirty ? (above[at % above.length] ?? 0) & ~mask : sign);
      }
      return new Uint8Array(values.buffer);
    });
};
const anything = (shape: BandShape) => fc.uint8Array({ minLength: bandBytes(shape), maxLength: bandBytes(shape) });
const again = async (shape: BandShape, bytes: Uint8Array) => {
  const { code, codestream } = await encodeBand(shape, bytes);
  return decodeBand(code, codestream);
};

describe('a band of a frame', () => {
  it.each([
    ['pixels of devices', pixels],
    ['any bytes', anything],
  ])('comes back byte by byte: %s', async (_, bytesOf) => {
    const bands = shapes.chain((shape) => fc.tuple(fc.constant(shape), bytesOf(shape)));
    await fc.assert(
      fc.asyncProperty(bands, async ([shape, bytes]) => {
        expect(Buffer.compare(await again(shape, bytes), bytes)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['signed values around zero', (at: number) => (at % 2 === 0 ? -1 : 1)],
    ['the lowest and the highest value', (at: number) => (at % 3 === 0 ? -32_768 : 32_767)],
    ['one value', () => -1_024],
  ])('comes back: %s', async (_, valueAt) => {
    const shape = { width: 31, height: 17, bytesPerSample: 2, samplesPerPixel: 1 } as const;
    const bytes = new Uint8Array(Int16Array.from({ length: 31 * 17 }, (_value, at) => valueAt(at)).buffer);
    expect(Buffer.compare(await again(shape, bytes), bytes)).toBe(0);
  });

  it('is short where signed values are near zero, and where colours are grey', async () => {
    const near = new Uint8Array(Int16Array.from({ length: 64 * 64 }, (_, at) => ((at * 7) % 5) - 2).buffer);
    const grey = Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (Math.floor(at / 3) * 37) % 256);
    const lengthOf = async (shape: BandShape, bytes: Uint8Array) => (await encodeBand(shape, bytes)).codestream.length;
    const shape = { width: 64, height: 64, bytesPerSample: 2, samplesPerPixel: 1 } as const;
    expect(await lengthOf(shape, near)).toBeLessThan(near.length * 0.25);
    const plane = grey.filter((_, at) => at % 3 === 0);
    const ofGrey = await lengthOf({ ...shape, bytesPerSample: 1 }, plane);
    expect(await lengthOf({ ...shape, bytesPerSample: 1, samplesPerPixel: 3 }, grey)).toBeLessThan(ofGrey + 200);
  });

  it('is refused when its codestream is another one', async () => {
    const shape = { width: 8, height: 8, bytesPerSample: 1, samplesPerPixel: 1 } as const;
    const { code, codestream } = await encodeBand(shape, new Uint8Array(64));
    await expect(decodeBand({ ...code, width: 9 }, codestream)).rejects.toThrow('another size');
    await expect(decodeBand(code, codestream.subarray(0, 10))).rejects.toThrow('The codestream is broken');
    await expect(encodeBand(shape, new Uint8Array(65))).rejects.toThrow('another length');
  });
});
