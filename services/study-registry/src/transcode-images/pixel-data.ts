import type { ImageDescription } from '../render-images/image-description.js';
import type { EncodedFrame } from './encode/transcode-frame.js';
import { decodedBytes } from './image-refusal.js';

const ITEM = [0xfe, 0xff, 0x00, 0xe0];
const SEQUENCE_END = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
const UNDEFINED_LENGTH = 0xff_ff_ff_ff;
const ZERO = Buffer.alloc(1);

/** Pixel Data (7FE0,0010) of so many frames as a plain array (PS3.5 section 8.1.1 and A.2). */
export async function* nativePixelData(image: ImageDescription, frames: number, given: AsyncIterable<EncodedFrame>) {
  const length = decodedBytes(image) * frames;
  yield pixelDataHead(image.bitsAllocated > 8 ? 'OW' : 'OB', length + (length % 2));
  for await (const { bytes } of given) yield bufferOf(bytes);
  if (length % 2 === 1) yield ZERO;
}

/**
 * The same as fragments, one a frame (PS3.5 section A.4). Where the frames of several begin is not known before they are made, so
 * their Basic Offset Table is empty.
 */
export async function* encapsulatedPixelData(frames: number, given: AsyncIterable<EncodedFrame>) {
  yield pixelDataHead('OB', UNDEFINED_LENGTH);
  yield frames === 1 ? Buffer.concat([itemHead(4), Buffer.alloc(4)]) : itemHead(0);
  for await (const { bytes } of given) {
    yield itemHead(bytes.length + (bytes.length % 2));
    yield bufferOf(bytes);
    if (bytes.length % 2 === 1) yield ZERO;
  }
  yield SEQUENCE_END;
}

function pixelDataHead(vr: 'OB' | 'OW', length: number): Buffer {
  const head = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.write(vr, 4, 'latin1');
  head.writeUInt32LE(length, 8);
  return head;
}

function itemHead(length: number): Buffer {
  const head = Buffer.from([...ITEM, 0, 0, 0, 0]);
  head.writeUInt32LE(length, 4);
  return head;
}

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);
