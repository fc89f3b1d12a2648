import { HASH_BYTES } from '../merkle-tree/hashes.js';
import { TILE_WIDTH } from '../merkle-tree/tiles.js';
import { ExportLine } from './export-lines.js';
import { jsonOf } from './json-of.js';
import type { Finding } from './match-records.js';

/** So many are named. */
const MOST_FINDINGS = 1_000;

interface KeptTile {
  readonly tile: number;
  readonly hashes: Buffer;
}

/** Holds the hashes that an export says were sealed against those that witnesses kept, which nobody exchanges with the record. */
export class KeptTiles {
  private readonly eventIds = new Map<number, unknown>();
  private unlisted = 0;

  /** @param kept of each witness, the tiles in their order */
  constructor(private readonly kept: readonly KeptReading[]) {}

  get moreFindings(): number {
    return this.unlisted;
  }

  /** Of the next tile of the export. */
  async compare(tile: number, hashes: Buffer): Promise<void> {
    for (const reading of this.kept) {
      const kept = await reading.at(tile);
      if (kept === undefined) continue;
      for (let at = 0; at < hashes.length; at += HASH_BYTES) {
        if (hashes.compare(kept, at, at + HASH_BYTES, at, at + HASH_BYTES) === 0) continue;
        const index = tile * TILE_WIDTH + at / HASH_BYTES;
        if (this.eventIds.has(index)) continue;
        if (this.eventIds.size < MOST_FINDINGS) this.eventIds.set(index, undefined);
        else this.unlisted += 1;
      }
    }
  }

  take(index: number, { eventId }: Record<string, unknown>): void {
    if (this.eventIds.has(index)) this.eventIds.set(index, eventId);
  }

  findings(): Finding[] {
    return [...this.eventIds].map(([index, eventId]) => ({
      kind: 'exchanged',
      index,
      eventId,
      says: `Record ${index} was exchanged, hash and all: a witness kept the hash of another`,
    }));
  }
}

/** What one witness kept, read side by side with an export: lines as those of its tiles. */
export class KeptReading {
  private next: KeptTile | undefined;
  private isOver = false;

  /** @param lines of tiles, each further than the one before */
  constructor(private readonly lines: AsyncIterator<string>) {}

  /** The hashes of a tile; undefined where the witness kept none of it. Asked for tiles in their order. */
  async at(tile: number): Promise<Buffer | undefined> {
    while (!this.isOver && (this.next === undefined || this.next.tile < tile)) await this.read();
    return this.next?.tile === tile ? this.next.hashes : undefined;
  }

  private async read(): Promise<void> {
    const { value, done } = await this.lines.next();
    this.isOver = done === true;
    // The end of what was cut off while it was written is none.
    const line = done === true ? undefined : ExportLine.safeParse(jsonOf(value)).data;
    if (line !== undefined && 'tile' in line)
      this.next = { tile: line.tile, hashes: Buffer.from(line.hashes, 'base64') };
  }
}
