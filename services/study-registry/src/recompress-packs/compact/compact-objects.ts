import type { ObjectReader, ObjectStore } from '@yinglian/objects';
import { LRUCache } from 'lru-cache';
import { checkedBand, type DecodesBands } from './checked-band.js';
import { CompactReader, readPlaces } from './compact-reader.js';
import { type PlacedSegment, type SegmentPlaces, storedBytes } from './segment-places.js';
import { streamCompact } from './stream-compact.js';

const TABLES_AT_MOST = 1_024;
const SEGMENTS_IN_TABLES = 500_000;
/** After so long a table is read again: another process may have put a sound object in the place of a damaged one. */
const TABLE_KNOWN_MS = 10_000;
const BANDS_BYTES = 64 * 1024 * 1024;

interface Known {
  readonly places: SegmentPlaces;
  /** Tells its bands from those of the object that was there before. */
  readonly number: number;
}

/** Compact objects of a store, by the keys of the packs they hold. What was decoded last is remembered, 64 MiB of it. */
export class CompactObjects {
  private readonly tables = new LRUCache<string, Known>({
    max: TABLES_AT_MOST,
    maxSize: SEGMENTS_IN_TABLES,
    sizeCalculation: ({ places }) => places.all.length + 1,
    ttl: TABLE_KNOWN_MS,
  });
  private readonly decoded = new LRUCache<string, Promise<Uint8Array>>({ maxSize: BANDS_BYTES });
  private numbers = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly bands: DecodesBands,
  ) {}

  isKnown(key: string): boolean {
    return this.tables.has(key);
  }

  forget(key: string): void {
    this.tables.delete(key);
  }

  /** @throws ObjectMissing, ObjectDamaged */
  async open(key: string): Promise<ObjectReader> {
    const object = await this.store.open(key);
    try {
      const known = await this.known(key, object);
      return new CompactReader(object, known.places, (index, segment) => this.band(key, known, index, segment));
    } catch (error) {
      object.release();
      throw error;
    }
  }

  /** As it is stored now; nothing that is remembered is used. @throws ObjectMissing, ObjectDamaged */
  stream(key: string, from = 0): AsyncGenerator<Buffer> {
    return streamCompact(this.store.stream(key), this.bands, from);
  }

  /** Of the pack and of the object. @throws ObjectMissing, ObjectDamaged */
  async sizes(key: string): Promise<{ readonly sizeBytes: number; readonly storedBytes: number }> {
    const object = await this.store.open(key);
    return this.known(key, object)
      .then(({ places }) => places)
      .finally(object.release);
  }

  private async known(key: string, object: ObjectReader): Promise<Known> {
    const known = this.tables.get(key);
    if (known?.places.storedBytes === object.sizeBytes) return known;
    this.numbers += 1;
    const number = this.numbers;
    const read = { places: await readPlaces(object), number };
    this.tables.set(key, read);
    return read;
  }

  private band(key: string, { number }: Known, index: number, segment: PlacedSegment): Promise<Uint8Array> {
    const name = `${key} ${number} ${index}`;
    const known = this.decoded.get(name);
    if (known !== undefined) return known;
    const decoding = this.store
      .read(key, segment.storedAt, storedBytes(segment))
      .then((stored) => checkedBand(segment, stored, this.bands));
    this.decoded.set(name, decoding, { size: segment.bytes });
    decoding.catch(() => {
      if (this.decoded.peek(name) === decoding) this.decoded.delete(name);
    });
    return decoding;
  }
}
