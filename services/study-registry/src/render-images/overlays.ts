import { numberOf, numbersOf } from './attributes.js';
import { type FrameSource, readBinary } from './frame-source.js';

/** Graphics that lie upon an image, one bit a pixel (PS3.3 section C.9.2). */
export interface Overlay {
  readonly rows: number;
  readonly columns: number;
  /** Of its upper left pixel in the image, which it may lie beside. */
  readonly top: number;
  readonly left: number;
  /** Row by row, the lowest bit of a byte first (PS3.5 section 8.1.2). */
  readonly bits: Uint8Array;
  readonly firstBit: number;
}

const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const GROUPS = Array.from({ length: 16 }, (_, index) => (0x6000 + 2 * index).toString(16).toUpperCase());

/** Those of a frame that have data of their own; ones in spare bits of the pixels are retired, and not shown. */
export async function readOverlays(source: FrameSource): Promise<readonly Overlay[]> {
  const overlays = await Promise.all(
    GROUPS.filter((group) => source.metadata[`${group}3000`] !== undefined).map((group) => readOverlay(source, group)),
  );
  return overlays.filter((overlay) => overlay !== null);
}

async function readOverlay(source: FrameSource, group: string): Promise<Overlay | null> {
  const { metadata, frameNumber } = source;
  const rows = numberOf(metadata, `${group}0010`) ?? 0;
  const columns = numberOf(metadata, `${group}0011`) ?? 0;
  const [row = 1, column = 1] = numbersOf(metadata, `${group}0050`);
  const frame = frameOf(source, group, frameNumber);
  if (rows <= 0 || columns <= 0 || frame === null || numberOf(metadata, `${group}0100`) !== 1) return null;
  const data = await readBinary(source, `${group}3000`);
  const isSwapped = source.transferSyntaxUid === BIG_ENDIAN && metadata[`${group}3000`]?.vr === 'OW';
  const bits = isSwapped && data.length % 2 === 0 ? Buffer.from(data).swap16() : data;
  const firstBit = frame * rows * columns;
  if (bits.length * 8 < firstBit + rows * columns) return null;
  return { rows, columns, top: row - 1, left: column - 1, bits: new Uint8Array(bits), firstBit };
}

/** Counted from 0; an overlay without frames lies upon all of the image's (PS3.3 section C.9.3). */
function frameOf({ metadata }: FrameSource, group: string, frameNumber: number): number | null {
  const frames = numberOf(metadata, `${group}0015`);
  if (frames === undefined) return 0;
  const frame = frameNumber - (numberOf(metadata, `${group}0051`) ?? 1);
  return frame >= 0 && frame < frames ? frame : null;
}
