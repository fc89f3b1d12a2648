import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RecordHeader } from './record-header.js';

export const SEGMENT_SUFFIX = '.segment';

/** The name of the segment in that file; unique for ever. */
export const segmentNameOf = (path: string) => basename(path, SEGMENT_SUFFIX);

/** An acknowledged instance: where its Part 10 file lies in the spool, and what it is. */
export interface StoredInstance extends RecordHeader {
  readonly segment: Segment;
  /** Of the Part 10 file in the segment. */
  readonly position: number;
}

/** What a segment tells its spool. */
export interface SegmentKeeper {
  /** The spool has grown or shrunk by so many bytes and needed records. */
  changed(bytes: number, records: number): void;
  /** Nobody writes to the file and nothing in it is needed; whether somebody still reads it. */
  useless(path: string, bytes: number, isRead: boolean): Promise<void>;
}

/** One file of the spool. It goes when nobody writes to it any more and nothing in it is needed. */
export class Segment {
  readonly name: string;
  private needed = 0;
  private bytes = 0;
  private readers = 0;
  private isGone = false;

  constructor(
    private readonly path: string,
    private isWriting: boolean,
    private readonly keeper: SegmentKeeper,
  ) {
    this.name = segmentNameOf(path);
  }

  /** So many records more are durable; the file is now `bytes` long. */
  keep(records: number, bytes: number): void {
    this.needed += records;
    this.keeper.changed(bytes - this.bytes, records);
    this.bytes = bytes;
  }

  /** Opens it to be read; until `close` nobody else's records come into the file. */
  async open(): Promise<FileHandle> {
    if (this.isGone) throw new Error('The segment is gone');
    this.readers += 1;
    try {
      return await open(this.path, 'r');
    } catch (error) {
      this.readers -= 1;
      throw error;
    }
  }

  async close(handle: FileHandle): Promise<void> {
    await handle.close();
    this.readers -= 1;
  }

  /** An instance is somewhere safer now. */
  async release(): Promise<void> {
    this.needed -= 1;
    this.keeper.changed(0, -1);
    await this.goWhenUseless();
  }

  async endWriting(): Promise<void> {
    this.isWriting = false;
    await this.goWhenUseless();
  }

  private async goWhenUseless(): Promise<void> {
    if (this.isWriting || this.needed > 0 || this.isGone) return;
    this.isGone = true;
    await this.keeper.useless(this.path, this.bytes, this.readers > 0);
    this.keeper.changed(-this.bytes, 0);
    this.bytes = 0;
  }
}
