import { nativeFrameBits } from './decode/native.js';
import type { ImageDescription } from './image-description.js';

/** Where a frame lies in native pixel data. One-bit frames follow each other without padding, so they may begin within a byte. */
export interface NativeFrameRange {
  /** Bytes from the start of the pixel data. */
  readonly offset: number;
  readonly length: number;
  readonly firstBit: number;
}

/** PS3.5 section 8.1.1 and 8.2: frames are one after the other. */
export function nativeFrameRange(image: ImageDescription, frameNumber: number): NativeFrameRange {
  const bits = nativeFrameBits(image);
  const start = bits * (frameNumber - 1);
  const offset = Math.floor(start / 8);
  return { offset, length: Math.ceil((start + bits) / 8) - offset, firstBit: start % 8 };
}
