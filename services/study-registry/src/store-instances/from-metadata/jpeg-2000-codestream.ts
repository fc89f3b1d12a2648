import { broken, type Codestream } from './codestream.js';

const BOXES = Buffer.from('0000000c6a5020200d0a870a', 'hex');
const START = Buffer.from('ff4f', 'hex');
const [SIZ, COD, CAP, SOT] = [0xff51, 0xff52, 0xff50, 0xff90];
const RPCL = 2;

/** JPEG 2000 and high-throughput JPEG 2000 up to the first tile (ISO/IEC 15444-1 annex A, 15444-15 annex A), in boxes or not. @throws NotWritable */
export function jpeg2000Codestream(head: Buffer, length: number): Codestream {
  const place = head.subarray(0, BOXES.length).equals(BOXES) ? codestreamBox(head, length) : { from: 0, length };
  const segments = segmentsOf(head.subarray(place.from));
  const [size, coding] = [segments.get(SIZ), segments.get(COD)];
  if (size === undefined || size.length < 39 || coding === undefined || coding.length < 12) return broken('JPEG 2000');
  const samplesPerPixel = size.readUInt16BE(36);
  const depth = size[38] ?? 0;
  const [order, isTransformed, isReversible] = [coding[3], coding[6] === 1, coding[11] === 1];
  return {
    transferSyntaxUids: segments.has(CAP) ? highThroughput(isReversible, order === RPCL) : ordinary(isReversible),
    ...place,
    image: {
      rows: size.readUInt32BE(8) - size.readUInt32BE(16),
      columns: size.readUInt32BE(4) - size.readUInt32BE(12),
      samplesPerPixel,
      bits: (depth & 0x7f) + 1,
      isSigned: depth > 0x7f,
      photometricInterpretation: coloursOf(samplesPerPixel, isTransformed, isReversible),
    },
  };
}

function coloursOf(samplesPerPixel: number, isTransformed: boolean, isReversible: boolean): string {
  if (samplesPerPixel === 1) return 'MONOCHROME2';
  if (!isTransformed) return 'RGB';
  return isReversible ? 'YBR_RCT' : 'YBR_ICT';
}

/** Part 2's multi-component syntaxes may hold what those of part 1 hold. */
const ordinary = (isReversible: boolean): string[] =>
  (isReversible ? ['90', '91', '92', '93'] : ['91', '93']).map((last) => `1.2.840.10008.1.2.4.${last}`);

const highThroughput = (isReversible: boolean, isByResolution: boolean): string[] => {
  if (!isReversible) return ['1.2.840.10008.1.2.4.203'];
  return (isByResolution ? ['201', '202', '203'] : ['201', '203']).map((last) => `1.2.840.10008.1.2.4.${last}`);
};

/** Where the box of the codestream has its contents (ISO/IEC 15444-1 annex I). */
function codestreamBox(head: Buffer, length: number): { from: number; length: number } {
  for (let at = 0; at + 8 <= head.length; ) {
    const short = head.readUInt32BE(at);
    const isLong = short === 1 && at + 16 <= head.length;
    const boxBytes = isLong ? Number(head.readBigUInt64BE(at + 8)) : short === 0 ? length - at : short;
    const headBytes = isLong ? 16 : 8;
    if (boxBytes < headBytes || at + boxBytes > length) return broken('JPEG 2000 file');
    if (head.toString('latin1', at + 4, at + 8) === 'jp2c') {
      return { from: at + headBytes, length: boxBytes - headBytes };
    }
    at += boxBytes;
  }
  return broken('JPEG 2000 file');
}

/** Marker segments of the main header, each with its length before it. */
function segmentsOf(codestream: Buffer): Map<number, Buffer> {
  if (!codestream.subarray(0, 2).equals(START)) return broken('JPEG 2000');
  const segments = new Map<number, Buffer>();
  for (let at = 2; at + 4 <= codestream.length; ) {
    const marker = codestream.readUInt16BE(at);
    if (marker === SOT || marker < 0xff00) break;
    const length = codestream.readUInt16BE(at + 2);
    segments.set(marker, codestream.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return segments;
}
