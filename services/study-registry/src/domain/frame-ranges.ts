import type { ByteRange } from '@yinglian/dicom';
import type { IndexedInstance } from '../storage/pack-index.js';

type FramedInstance = Pick<IndexedInstance, 'rows' | 'columns' | 'bitsAllocated' | 'numberOfFrames' | 'pixels'>;

/** Where a frame's bytes are, from the start of the Part 10 file. Frames count from 1. Undefined when there is none. */
export function frameRanges(instance: FramedInstance, frame: number): readonly ByteRange[] | undefined {
  const { pixels, numberOfFrames } = instance;
  if (pixels === null || frame < 1) return undefined;
  if (pixels.length === null) {
    const fragments = pixels.frames?.[frame - 1];
    return fragments?.map(([offset, length]): ByteRange => [offset, length]);
  }
  if (frame > numberOfFrames) return undefined;
  const size = nativeFrameBytes(instance, pixels.length);
  const start = Math.floor((frame - 1) * size);
  const length = Math.min(Math.ceil(frame * size), pixels.length) - start;
  return length > 0 ? [[pixels.offset + start, length]] : undefined;
}

/**
 * Bytes of one frame of native pixel data, without the padding at its end (PS3.5 section 8.1.1). Frames of single bits
 * that do not fill their last byte follow each other within it: their size is no whole number.
 */
function nativeFrameBytes({ rows, columns, bitsAllocated, numberOfFrames }: FramedInstance, length: number): number {
  const ofOneSample = (rows * columns * bitsAllocated) / 8;
  const samples = Math.floor(length / numberOfFrames / ofOneSample);
  return Number.isFinite(samples) && samples > 0 ? samples * ofOneSample : Math.floor(length / numberOfFrames);
}
