import { nativeFrameBits, nativeUnitBits } from './decode/native.js';
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
  const unit = nativeUnitBits(image);
  const start = bits * (frameNumber - 1);
  const first = Math.floor(start / unit);
  const end = Math.ceil((start + bits) / unit);
  return { offset: (first * unit) / 8, length: ((end - first) * unit) / 8, firstBit: start % unit };
}
