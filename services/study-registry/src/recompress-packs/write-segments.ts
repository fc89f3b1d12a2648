import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ObjectDamaged } from '@yinglian/objects';
import type { BandThreads } from './bands/band-threads.js';
import { ByteSource } from './compact/byte-source.js';
import type { CompactTable, Segment } from './compact/compact-table.js';
import type { PlannedSegment } from './plan-segments.js';

type EncodesBands = Pick<BandThreads, 'encode'>;

/** Turns a pack's bytes into the segments of its compact object, and knows their table when all are given. */
export class WrittenSegments {
  private readonly segments: Segment[] = [];
  private readonly hash = createHash('sha256');
  private sizeBytes = 0;

  constructor(
    private readonly planned: readonly PlannedSegment[],
    private readonly bands: EncodesBands,
  ) {}

  /** Bands that do not become shorter stay as they are. @throws ObjectDamaged when there are fewer or more bytes than were planned */
  async *of(pack: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
    const source = new ByteSource(pack);
    try {
      for (const { bytes, shape } of this.planned) {
        if (shape === undefined) {
          for await (const piece of source.pass(bytes)) yield this.taken(piece);
          this.asItIs(bytes);
          continue;
        }
        const band = this.taken(await source.take(bytes));
        const coded = await this.bands.encode(shape, band);
        if (coded === null || coded.codestream.length >= bytes) {
          this.asItIs(bytes);
          yield band;
          continue;
        }
        const { code, codestream } = coded;
        const checks = { bytes: codestream.length, crc32: crc32(codestream), crc32Of: crc32(band) };
        this.segments.push({ bytes, coded: { ...checks, band: code } });
        yield codestream;
      }
      if (!(await source.hasEnded())) throw new ObjectDamaged('There are more bytes than the pack has');
    } finally {
      await source.close();
    }
  }

  get table(): CompactTable {
    return { version: 1, sizeBytes: this.sizeBytes, sha256: this.hash.copy().digest('hex'), segments: this.segments };
  }

  private taken(piece: Buffer): Buffer {
    this.hash.update(piece);
    this.sizeBytes += piece.length;
    return piece;
  }

  private asItIs(bytes: number): void {
    const last = this.segments.at(-1);
    if (last === undefined || last.coded !== undefined) this.segments.push({ bytes });
    else this.segments[this.segments.length - 1] = { bytes: last.bytes + bytes };
  }
}
