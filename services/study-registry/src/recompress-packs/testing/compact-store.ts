import { createHash } from 'node:crypto';
import type { ObjectStore } from '@yinglian/objects';
import { type BandShape, bandBytes } from '../bands/band.js';
import { sharedBands } from '../bands/band-threads.js';
import type { DecodesBands } from '../compact/checked-band.js';
import { CompactObjectStore } from '../compact/compact-object-store.js';
import { makeCompact } from '../make-compact.js';
import type { PlannedSegment } from '../plan-segments.js';

/** Of any object, whatever it holds. */
export const compactStoreOf = (stored: ObjectStore, bands: DecodesBands = sharedBands) =>
  new CompactObjectStore(stored, () => true, bands);

/** Nobody destroys it. */
export const always = async (keep: () => Promise<void>) => {
  await keep();
  return true;
};

const BAND: BandShape = { width: 200, height: 150, bytesPerSample: 2, samplesPerPixel: 1 };
const BETWEEN_BYTES = 1_001;

/** Bands with something between them, as far as they go. */
export function anySegments(sizeBytes: number): PlannedSegment[] {
  const planned: PlannedSegment[] = [];
  let left = sizeBytes;
  while (left >= BETWEEN_BYTES + bandBytes(BAND)) {
    planned.push({ bytes: BETWEEN_BYTES }, { bytes: bandBytes(BAND), shape: BAND });
    left -= BETWEEN_BYTES + bandBytes(BAND);
  }
  return left > 0 ? [...planned, { bytes: left }] : planned;
}

/** Stores an object compact, and no longer as it came. */
export async function compacted(store: ObjectStore, key: string, planned?: readonly PlannedSegment[]): Promise<void> {
  if (!(store instanceof CompactObjectStore)) throw new Error('It stores nothing compact');
  const bytes = await store.stored.readAll(key);
  const made = await makeCompact(store, sharedBands, {
    key,
    digest: createHash('sha256').update(bytes).digest('hex'),
    planned: planned ?? anySegments(bytes.length),
    leastSaving: Number.NEGATIVE_INFINITY,
    whileRegistered: always,
    spend: async () => {},
  });
  if (made.kind !== 'made') throw new Error(`It was not made: ${made.kind}`);
  await store.stored.delete(key);
}
