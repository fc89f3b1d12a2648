import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RecordHeader } from './record-header.js';

export const SEGMENT_SUFFIX = '.segment';

/** An acknowledged instance: where its Part 10 file lies in the spool, and what it is. */
export interface StoredInstance extends RecordHeader {
  readonly segment: Segment;
  /** Of the Part 10 file in the segment. */
  readonly position: number;
}

/** One file of the spool. It goes when nobody writes to it any more and nothing in it is needed. */
export class Segment {
  private needed = 0;
  private bytes = 0;

  constructor(
    readonly path: string,
    private isWriting: boolean,
    /** The spool has grown or shrunk by so many bytes and needed records. */
    private readonly onChange: (bytes: number, records: number) => void,
  ) {}

  /** Unique for ever: no two segments have the same. */
  get name(): string {
    return basename(this.path, SEGMENT_SUFFIX);
  }

  /** So many records more are durable; the file is now `bytes` long. */
  keep(records: number, bytes: number): void {
    this.needed += records;
    this.onChange(bytes - this.bytes, records);
    this.bytes = bytes;
  }

  /** An instance is somewhere safer now. */
  async release(): Promise<void> {
    this.needed -= 1;
    this.onChange(0, -1);
    await this.removeWhenUseless();
  }

  async endWriting(): Promise<void> {
    this.isWriting = false;
    await this.removeWhenUseless();
  }

  private async removeWhenUseless(): Promise<void> {
    if (this.isWriting || this.needed > 0) return;
    // A file that cannot be removed is found again at the next start; the registry knows its instances then.
    await rm(this.path, { force: true }).catch(() => undefined);
    this.onChange(-this.bytes, 0);
    this.bytes = 0;
  }
}
