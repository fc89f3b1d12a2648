import { broken, type Codestream } from './codestream.js';

const HEADER_BYTES = 64;
const MOST_SEGMENTS = 15;

/** The header of DICOM's own run lengths (PS3.5 section G.5). @throws NotWritable */
export function rleCodestream(head: Buffer, length: number): Codestream {
  if (head.length < HEADER_BYTES) return broken('RLE frame');
  const segments = head.readUInt32LE(0);
  if (segments < 1 || segments > MOST_SEGMENTS || head.readUInt32LE(4) !== HEADER_BYTES) return broken('RLE frame');
  return { transferSyntaxUids: ['1.2.840.10008.1.2.5'], from: 0, length };
}
