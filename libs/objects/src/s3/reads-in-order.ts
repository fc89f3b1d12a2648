import { LRUCache } from 'lru-cache';
import { PieceReader } from './piece-reader.js';

/** Opens an answer with the bytes of an object from one place to before another. */
export type OpenStream = (key: string, range: { from: number; end: number }) => AsyncIterable<Buffer>;

/** Answers that wait for who reads on; each holds a connection and little of its bytes. */
const WAITING_AT_MOST = 32;
const WAITING_MS = 10_000;
const ENDS_AT_MOST = 4_096;
/** How much more is asked for at once than was read last, where reading goes on. */
const GROWTH = 4;
const LONGEST_BYTES = 32 * 1024 * 1024;

/**
 * Who reads an object piece by piece gets it in few requests: a read that begins where another one ended is answered from one
 * request for several times as much, and the next ones from the rest of its answer.
 */
export class ReadsInOrder {
  private readonly waiting = new LRUCache<string, PieceReader>({
    max: WAITING_AT_MOST,
    ttl: WAITING_MS,
    ttlAutopurge: true,
    dispose: (reader, _place, why) => {
      if (why !== 'delete') void reader.close().catch(() => {});
    },
  });
  /** Where reads ended, and how much was asked for last. */
  private readonly ends = new LRUCache<string, number>({ max: ENDS_AT_MOST });

  constructor(private readonly open: OpenStream) {}

  async readInto(key: string, bytes: Buffer, position: number, objectBytes: number): Promise<void> {
    const place = placeOf(key, position);
    const waiting = this.waiting.get(place);
    this.waiting.delete(place);
    const reader = waiting ?? this.openAt(key, position, bytes.length, objectBytes);
    if (reader.end < position + bytes.length) {
      const first = bytes.subarray(0, reader.end - position);
      await reader.fill(first);
      await reader.close();
      return this.readInto(key, bytes.subarray(first.length), position + first.length, objectBytes);
    }
    try {
      await reader.fill(bytes);
    } catch (error) {
      await reader.close();
      throw error;
    }
    await this.lay(key, reader);
  }

  close(): void {
    // Evicted by its own doing, so that each is closed.
    while (this.waiting.pop() !== undefined);
  }

  private openAt(key: string, position: number, length: number, objectBytes: number): PieceReader {
    const place = placeOf(key, position);
    const before = this.ends.get(place);
    this.ends.delete(place);
    const ahead = before === undefined ? length : Math.max(length, Math.min(before * GROWTH, LONGEST_BYTES));
    const end = Math.max(position + length, Math.min(position + ahead, objectBytes));
    const reader = new PieceReader(this.open(key, { from: position, end }), position, end);
    this.ends.set(placeOf(key, end), Math.max(ahead, length));
    return reader;
  }

  /** Whoever reads on finds it; of two at one place the first is enough. */
  private async lay(key: string, reader: PieceReader): Promise<void> {
    const place = placeOf(key, reader.position);
    if (reader.position === reader.end || this.waiting.has(place)) return reader.close();
    this.waiting.set(place, reader);
  }
}

const placeOf = (key: string, position: number) => `${key} ${position}`;
