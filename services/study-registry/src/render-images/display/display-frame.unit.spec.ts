import { describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import type { Window } from '../frame-source.js';
import { describeImage } from '../image-description.js';
import { type LookupTable, tableOf } from '../lookup-table.js';
import type { Overlay } from '../overlays.js';
import type { Palette } from '../palette.js';
import { displayFrame } from './display-frame.js';

const EXPLICIT = '1.2.840.10008.1.2.1';
const number = (vr: string, ...values: number[]) => ({ vr, Value: values });
const code = (text: string) => ({ vr: 'CS', Value: [text] });

/** A row of pixels. */
const row = (columns: number, bits: number, change: DicomJson = {}): DicomJson => ({
  '00280002': number('US', 1),
  '00280004': code('MONOCHROME2'),
  '00280010': number('US', 1),
  '00280011': number('US', columns),
  '00280100': number('US', bits),
  '00280101': number('US', bits),
  '00280103': number('US', 0),
  '7FE00010': { vr: 'OW', BulkDataURI: 'bulkdata/7FE00010' },
  ...change,
});

interface Shown {
  window?: Window;
  palette?: Palette;
  frame?: number;
  overlays?: Overlay[];
}

async function shown(
  metadata: DicomJson,
  bytes: Uint8Array,
  { window, palette, frame = 1, overlays = [] }: Shown = {},
) {
  const image = describeImage(EXPLICIT, metadata, frame);
  if (image === null) throw new Error('It is no image');
  const visible = await displayFrame({ image, palette: palette ?? null, window: window ?? null, overlays, bytes });
  return [...visible.pixels];
}

const words = (...values: number[]) => new Uint8Array(Int16Array.from(values).buffer);
const WINDOW: DicomJson = { '00281050': number('DS', 50, 400), '00281051': number('DS', 101, 2000) };
const SIGNED: DicomJson = { '00280103': number('US', 1) };

describe('greys', () => {
  it('follow the first window of the file', async () => {
    expect(await shown(row(4, 16, WINDOW), words(0, 25, 50, 200))).toEqual([1, 65, 129, 255]);
  });

  it('follow the window that is asked for, in the unit after rescaling', async () => {
    const metadata = row(4, 16, { ...WINDOW, ...SIGNED, '00281052': number('DS', -1024), '00281053': number('DS', 2) });
    const window = { center: 0, width: 257 };
    expect(await shown(metadata, words(448, 512, 576, -1), { window })).toEqual([0, 128, 255, 0]);
  });

  it('follow the exact linear function and the sigmoid when the file names them', async () => {
    const named = (name: string) =>
      row(3, 16, { '00281050': number('DS', 50), '00281051': number('DS', 100), '00281056': code(name) });
    expect(await shown(named('LINEAR_EXACT'), words(0, 50, 100))).toEqual([0, 128, 255]);
    expect(await shown(named('SIGMOID'), words(0, 50, 100))).toEqual([30, 128, 225]);
  });

  it('follow the VOI LUT when there is no window', async () => {
    const item: DicomJson = {
      '00283002': number('US', 3, 10, 8),
      '00283006': { vr: 'OW', InlineBinary: Buffer.from(words(0, 200, 255)).toString('base64') },
    };
    const metadata = row(4, 16, { '00283010': { vr: 'SQ', Value: [item] } });
    expect(await shown(metadata, words(5, 10, 11, 99))).toEqual([0, 0, 200, 255]);
  });

  it('follow the values of the frame when there is neither, without those that pad it', async () => {
    const values = words(-2000, 0, 50, 100);
    expect(await shown(row(4, 16, { ...SIGNED, '00280120': number('SS', -2000) }), values)).toEqual([0, 0, 255, 255]);
    expect(await shown(row(4, 16, SIGNED), words(7, 7, 7, 7))).toEqual([0, 0, 0, 0]);
  });

  it('of at most 8 bits are as they are, and of one bit black and white', async () => {
    expect(await shown(row(3, 8), Uint8Array.of(0, 100, 255))).toEqual([0, 100, 255]);
    expect(await shown(row(9, 1), Uint8Array.of(0b1000_0101, 1))).toEqual([255, 0, 255, 0, 0, 0, 0, 255, 255]);
  });

  it('are inverted in MONOCHROME1, padding is black', async () => {
    const metadata = row(3, 8, { '00280004': code('MONOCHROME1'), '00280120': number('US', 255) });
    expect(await shown(metadata, Uint8Array.of(0, 100, 255))).toEqual([255, 155, 0]);
  });

  it('are those of stored bits, whatever overlays lie beside them', async () => {
    const metadata = row(2, 16, { '00280101': number('US', 8), '00280102': number('US', 11) });
    expect(await shown(metadata, words(0x7640, 0x0ff0 - 0x10000))).toEqual([0x64, 0xff]);
  });

  it('follow the window of their own frame in an enhanced image', async () => {
    const group = (macro: DicomJson): DicomJson => ({ '00289132': { vr: 'SQ', Value: [macro] } });
    const metadata = row(1, 16, {
      '52009229': { vr: 'SQ', Value: [group(WINDOW)] },
      '52009230': { vr: 'SQ', Value: [{}, group({ '00281050': number('DS', 25), '00281051': number('DS', 2) })] },
    });
    expect(await shown(metadata, words(50), { frame: 1 })).toEqual([129]);
    expect(await shown(metadata, words(50), { frame: 2 })).toEqual([255]);
  });
});

describe('overlays', () => {
  const overlay = { rows: 1, columns: 4, top: 0, left: 0, bits: Uint8Array.of(0b0110), firstBit: 0 };
  const grey = (...overlays: Overlay[]) => shown(row(4, 8), Uint8Array.of(1, 2, 3, 4), { overlays });

  it('are white where they mark a pixel, upon each other', async () => {
    expect(await grey(overlay)).toEqual([1, 255, 255, 4]);
    expect(await grey(overlay, { ...overlay, bits: Uint8Array.of(1) })).toEqual([255, 255, 255, 4]);
    expect(await grey({ ...overlay, firstBit: 1 })).toEqual([255, 255, 3, 4]);
    const inverse = row(4, 8, { '00280004': code('MONOCHROME1') });
    expect(await shown(inverse, Uint8Array.of(0, 0, 255, 255), { overlays: [overlay] })).toEqual([255, 255, 255, 0]);
  });

  it('are clipped to the image', async () => {
    expect(await grey({ ...overlay, left: 2 })).toEqual([1, 2, 3, 255]);
    expect(await grey({ ...overlay, left: -2 })).toEqual([255, 2, 3, 4]);
    expect(await grey({ ...overlay, top: 1 })).toEqual([1, 2, 3, 4]);
    expect(await grey({ ...overlay, top: -1 })).toEqual([1, 2, 3, 4]);
    expect(await grey({ ...overlay, rows: 2, top: -1, bits: Uint8Array.of(0b1001_0000) })).toEqual([255, 2, 3, 255]);
  });
});

describe('colours', () => {
  const colour = (bits: number, photometric: string, planar = 0) =>
    row(2, bits, { '00280002': number('US', 3), '00280004': code(photometric), '00280006': number('US', planar) });

  it('are put together from planes', async () => {
    expect(await shown(colour(8, 'RGB', 1), Uint8Array.of(1, 2, 3, 4, 5, 6))).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it('of 16 bits keep their upper half', async () => {
    expect(await shown(colour(16, 'RGB'), words(0, 0x1234, 0x7fff, 255, 256, 257))).toEqual([0, 0x12, 0x7f, 0, 1, 1]);
  });

  it('of YBR_FULL become red, green and blue', async () => {
    expect(await shown(colour(8, 'YBR_FULL'), Uint8Array.of(76, 85, 255, 128, 128, 128))).toEqual([
      254, 0, 0, 128, 128, 128,
    ]);
  });

  it('of YBR_FULL_422 share their chrominance by twos', async () => {
    const pixels = Uint8Array.of(76, 76, 85, 255);
    expect(await shown(colour(8, 'YBR_FULL_422'), pixels)).toEqual([254, 0, 0, 254, 0, 0]);
  });

  it('of a palette are looked up, values beyond it take the nearest entry', async () => {
    const table = (...entries: number[]): LookupTable | null =>
      tableOf([entries.length, 10, 16], Buffer.from(words(...entries)), false);
    const [red, green, blue] = [table(0, 0x1000), table(0x100, 0x200), table(0x7f00, 0)];
    if (!red || !green || !blue) throw new Error('It is no palette');
    const metadata = row(3, 8, { '00280004': code('PALETTE COLOR') });
    expect(await shown(metadata, Uint8Array.of(0, 11, 99), { palette: [red, green, blue] })).toEqual([
      0, 1, 127, 16, 2, 0, 16, 2, 0,
    ]);
  });
});
