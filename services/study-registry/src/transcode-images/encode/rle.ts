import type { PlainFrame } from './plain-frame.js';

const HEADER_BYTES = 64;
const LONGEST = 128;

/** RLE Lossless (PS3.5 annex G): a segment for each byte of each sample, the highest byte first. */
export async function encodeRle(frame: PlainFrame): Promise<Uint8Array> {
  const { samplesPerPixel, bytesPerSample } = frame;
  const segments = Array.from({ length: samplesPerPixel * bytesPerSample }, (_, index) => {
    const sample = Math.floor(index / bytesPerSample);
    const byte = bytesPerSample - 1 - (index % bytesPerSample);
    return segmentOf(frame, sample * bytesPerSample + byte);
  });
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(segments.length, 0);
  let offset = HEADER_BYTES;
  for (const [index, segment] of segments.entries()) {
    header.writeUInt32LE(offset, 4 + index * 4);
    offset += segment.length;
  }
  return Buffer.concat([header, ...segments]);
}

/** Rows are packed one by one, and a segment has an even length (PS3.5 section G.3.1). */
function segmentOf({ width, height, samplesPerPixel, bytesPerSample, bytes }: PlainFrame, first: number): Uint8Array {
  const stride = samplesPerPixel * bytesPerSample;
  const row = new Uint8Array(width);
  const packed = new Uint8Array(height * longestRow(width) + 1);
  let length = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) row[x] = bytes[first + (y * width + x) * stride] ?? 0;
    length = pack(row, packed, length);
  }
  return packed.subarray(0, length + (length % 2));
}

const longestRow = (width: number) => width + Math.ceil(width / LONGEST);

/** PackBits: three equal bytes and more are a run; returns where the next row begins. */
function pack(row: Uint8Array, to: Uint8Array, start: number): number {
  let at = start;
  for (let from = 0; from < row.length; ) {
    const run = runAt(row, from);
    const length = run >= 3 ? run : literalAt(row, from);
    to[at] = run >= 3 ? 257 - length : length - 1;
    if (run >= 3) to[at + 1] = row[from] ?? 0;
    else to.set(row.subarray(from, from + length), at + 1);
    at += run >= 3 ? 2 : 1 + length;
    from += length;
  }
  return at;
}

function runAt(row: Uint8Array, from: number): number {
  const end = Math.min(from + LONGEST, row.length);
  let at = from + 1;
  while (at < end && row[at] === row[from]) at += 1;
  return at - from;
}

/** Up to where a run begins. */
function literalAt(row: Uint8Array, from: number): number {
  const end = Math.min(from + LONGEST, row.length);
  let at = from + 1;
  while (at < end && !(row[at] === row[at + 1] && row[at] === row[at + 2])) at += 1;
  return at - from;
}
