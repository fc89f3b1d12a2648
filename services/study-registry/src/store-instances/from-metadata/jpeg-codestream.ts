import { broken, type Codestream } from './codestream.js';

const [SOI, SOS, ADOBE, JFIF, JPEG_LS] = [0xd8, 0xda, 0xee, 0xe0, 0xf7];
const [BASELINE, EXTENDED, LOSSLESS] = [0xc0, 0xc1, 0xc3];
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);
const FRAME_BYTES = 10;

interface Segment {
  readonly marker: number;
  /** With its length. */
  readonly bytes: Buffer;
}

/** JPEG and JPEG-LS up to the first scan (ITU-T T.81 annex B, T.87 annex C). @throws NotWritable */
export function jpegCodestream(head: Buffer, length: number): Codestream {
  const segments = segmentsOf(head);
  const frame = segments.find(({ marker }) => isFrame(marker));
  const scan = segments.find(({ marker }) => marker === SOS);
  if (frame === undefined || scan === undefined || frame.bytes.length < FRAME_BYTES - 2) return broken('JPEG');
  const samplesPerPixel = frame.bytes[7] ?? 0;
  return {
    transferSyntaxUids: syntaxesOf(frame, scan),
    from: 0,
    length,
    image: {
      rows: frame.bytes.readUInt16BE(3),
      columns: frame.bytes.readUInt16BE(5),
      samplesPerPixel,
      bits: frame.bytes[2] ?? 0,
      isSigned: false,
      photometricInterpretation: samplesPerPixel === 1 ? 'MONOCHROME2' : coloursOf(frame, segments),
    },
  };
}

function segmentsOf(head: Buffer): Segment[] {
  if (head[0] !== 0xff || head[1] !== SOI) return broken('JPEG');
  const segments: Segment[] = [];
  for (let at = 2; at + 4 <= head.length; ) {
    const marker = head[at + 1] ?? 0;
    if (head[at] !== 0xff) break;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = head.readUInt16BE(at + 2);
    segments.push({ marker, bytes: head.subarray(at + 2, at + 2 + length) });
    if (marker === SOS) break;
    at += 2 + length;
  }
  return segments;
}

const isFrame = (marker: number) =>
  (marker >= BASELINE && marker <= 0xcf && !NO_FRAMES.has(marker)) || marker === JPEG_LS;

/** Progressive and hierarchical processes have no transfer syntax that is not retired. */
function syntaxesOf(frame: Segment, scan: Segment): string[] {
  const behindComponents = 3 + 2 * (scan.bytes[2] ?? 0);
  const selected = scan.bytes[behindComponents];
  if (frame.marker === BASELINE) return ['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51'];
  if (frame.marker === EXTENDED) return ['1.2.840.10008.1.2.4.51'];
  // Of a lossless scan the predictor, of JPEG-LS how far it may be off.
  if (frame.marker === LOSSLESS) {
    return selected === 1 ? ['1.2.840.10008.1.2.4.70', '1.2.840.10008.1.2.4.57'] : ['1.2.840.10008.1.2.4.57'];
  }
  if (frame.marker !== JPEG_LS) return broken('JPEG of this process');
  return selected === 0 ? ['1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.81'] : ['1.2.840.10008.1.2.4.81'];
}

/** By what Adobe's marker says, else as JFIF does where it lost something and names no R, G and B, else as they are. */
function coloursOf(frame: Segment, segments: readonly Segment[]): string {
  const adobe = segments.find(({ marker, bytes }) => marker === ADOBE && bytes.toString('latin1', 2, 7) === 'Adobe');
  const isJfif = segments.some(({ marker, bytes }) => marker === JFIF && bytes.toString('latin1', 2, 6) === 'JFIF');
  const isLossy = frame.marker === BASELINE || frame.marker === EXTENDED;
  const isNamedRgb = [8, 11, 14].every((at, component) => frame.bytes[at] === 'RGB'.charCodeAt(component));
  const isRgb = adobe === undefined ? !isJfif && (!isLossy || isNamedRgb) : adobe.bytes[13] === 0;
  if (isRgb) return 'RGB';
  // Sampling factors of the first component.
  return frame.bytes[9] === 0x11 ? 'YBR_FULL' : 'YBR_FULL_422';
}
