import type { CompactTable, Segment } from './compact-table.js';

export interface PlacedSegment extends Segment {
  /** In the pack. */
  readonly at: number;
  /** In the compact object. */
  readonly storedAt: number;
}

export const storedBytes = ({ bytes, coded }: Segment): number => coded?.bytes ?? bytes;

/** Where segments are, in the pack and in the compact object. */
export class SegmentPlaces {
  readonly all: readonly PlacedSegment[];
  readonly sizeBytes: number;
  /** Of the compact object. */
  readonly storedBytes: number;

  constructor({ segments, sizeBytes }: CompactTable, headBytes: number) {
    let [at, storedAt] = [0, headBytes];
    this.all = segments.map((segment) => {
      const placed = { ...segment, at, storedAt };
      at += segment.bytes;
      storedAt += storedBytes(segment);
      return placed;
    });
    this.sizeBytes = sizeBytes;
    this.storedBytes = storedAt;
  }

  /** The number of the segment that holds a byte of the pack. */
  indexAt(position: number): number {
    let [low, high] = [0, this.all.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.all[middle]?.at ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
