import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from '@yinglian/dicom';
import type { IndexedInstance, PackIndex } from '../storage/pack-index.js';
import { type BandShape, bandBytes } from './bands/band.js';
import { SEGMENTS_AT_MOST } from './compact/compact-table.js';

/** So much is decoded for whoever wants a byte of it, and held. Longer frames are parted. */
const BAND_BYTES = 4 * 1024 * 1024;
/** Shorter frames are not worth an entry each. */
const SHORTEST_BYTES = 2_048;
const MOST_LINES = 65_535;
const NATIVE = new Set([IMPLICIT_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN]);

export interface PlannedSegment {
  /** Of the pack. */
  readonly bytes: number;
  /** Without one they stay as they are. */
  readonly shape?: BandShape;
}

/** Parts a pack into bands of native pixel data and what is between them, from its first byte to its last. */
export function planSegments({ instances }: PackIndex, sizeBytes: number): PlannedSegment[] {
  const planned: PlannedSegment[] = [];
  let at = 0;
  const upTo = (place: number) => {
    if (place > at) planned.push({ bytes: place - at });
    at = place;
  };
  for (const instance of instances) {
    for (const { place, shape } of framesOf(instance)) {
      const bands = [...bandsOf(shape)];
      // With what is before and behind them.
      const isRoom = planned.length + bands.length + 2 <= SEGMENTS_AT_MOST;
      if (place < at || place + bandBytes(shape) > sizeBytes || !isRoom) continue;
      upTo(place);
      for (const band of bands) {
        planned.push({ bytes: bandBytes(band), shape: band });
        at += bandBytes(band);
      }
    }
  }
  upTo(sizeBytes);
  return planned;
}

/** Frames that can be coded, and where in the pack they begin. */
function* framesOf(instance: IndexedInstance): Generator<{ place: number; shape: BandShape }> {
  const { pixels, numberOfFrames, columns: width, rows: height, bitsAllocated, transferSyntaxUid } = instance;
  if (pixels === null || pixels.length === null || !NATIVE.has(transferSyntaxUid)) return;
  if ((bitsAllocated !== 8 && bitsAllocated !== 16) || width === 0 || height === 0 || numberOfFrames === 0) return;
  const bytesPerSample = bitsAllocated === 8 ? 1 : 2;
  const samplesPerPixel = Math.floor(pixels.length / (numberOfFrames * width * height * bytesPerSample));
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return;
  const shape: BandShape = { width, height, bytesPerSample, samplesPerPixel };
  const frameBytes = bandBytes(shape);
  if (frameBytes < SHORTEST_BYTES) return;
  for (let frame = 0; frame < numberOfFrames; frame += 1)
    yield { place: instance.offset + pixels.offset + frame * frameBytes, shape };
}

function* bandsOf(shape: BandShape): Generator<BandShape> {
  const lineBytes = bandBytes({ ...shape, height: 1 });
  const most = Math.max(
    1,
    Math.min(Math.floor(BAND_BYTES / lineBytes), Math.floor(MOST_LINES / shape.samplesPerPixel)),
  );
  for (let line = 0; line < shape.height; line += most) yield { ...shape, height: Math.min(most, shape.height - line) };
}
