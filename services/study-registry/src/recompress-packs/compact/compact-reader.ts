import { ObjectDamaged, type ObjectReader, ObjectTooShort } from '@yinglian/objects';
import { HEAD_BYTES, parseTable, tableBytes } from './compact-table.js';
import { type PlacedSegment, SegmentPlaces } from './segment-places.js';

/** As much as is asked for first: the tables of most packs are in it. */
const FIRST_BYTES = 65_536;

/** Gives the bytes of a coded segment, by its number. */
export type BandOf = (index: number, segment: PlacedSegment) => Promise<Uint8Array>;

/** @throws ObjectDamaged when it is not as long as it says: what is cut off is not found by reading something else */
export async function readPlaces(object: ObjectReader): Promise<SegmentPlaces> {
  const first = await object.read(0, Math.min(FIRST_BYTES, object.sizeBytes));
  const end = HEAD_BYTES + tableBytes(first);
  const head = end <= first.length ? first : await object.read(0, Math.min(end, object.sizeBytes));
  const places = new SegmentPlaces(parseTable(head.subarray(HEAD_BYTES, end)), end);
  if (places.storedBytes !== object.sizeBytes) throw new ObjectDamaged('A compact object is not as long as it says');
  return places;
}

/** A pack in use that is stored compact: only the segments that are asked for are decoded. */
export class CompactReader implements ObjectReader {
  readonly release = (): void => this.object.release();
  private last = -1;
  /** The one that was read last, whatever others leave of what is remembered. */
  private band: Promise<Uint8Array> | undefined;

  constructor(
    private readonly object: ObjectReader,
    private readonly places: SegmentPlaces,
    private readonly bandOf: BandOf,
  ) {}

  get sizeBytes(): number {
    return this.places.sizeBytes;
  }

  async read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(length);
    await this.readInto(bytes, position);
    return bytes;
  }

  async readInto(bytes: Buffer, position: number): Promise<void> {
    if (position + bytes.length > this.sizeBytes) throw new ObjectTooShort('The object is shorter than expected');
    let index = this.places.indexAt(position);
    for (let at = 0; at < bytes.length; index += 1) {
      const segment = this.places.all[index];
      if (segment === undefined) throw new ObjectTooShort('The object is shorter than expected');
      const from = position + at - segment.at;
      const part = bytes.subarray(at, at + segment.bytes - from);
      await this.fill(part, index, segment, from);
      at += part.length;
    }
  }

  private async fill(part: Buffer, index: number, segment: PlacedSegment, from: number): Promise<void> {
    const [before, last] = [this.last, this.band];
    this.last = index;
    this.band = undefined;
    if (segment.coded === undefined) return this.object.readInto(part, segment.storedAt + from);
    this.band = before === index && last !== undefined ? last : this.bandOf(index, segment);
    // Who reads on will want the next one, which is decoded meanwhile.
    if (before === index - 1) this.ahead(index + 1);
    part.set((await this.band).subarray(from, from + part.length));
  }

  private ahead(from: number): void {
    const index = this.places.all[from]?.coded === undefined ? from + 1 : from;
    const segment = this.places.all[index];
    if (segment?.coded !== undefined) this.bandOf(index, segment).catch(() => {});
  }
}
