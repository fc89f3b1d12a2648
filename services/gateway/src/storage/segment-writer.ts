import type { FileHandle } from 'node:fs/promises';
import { RecordBytes } from './record-bytes.js';
import { aligned, BLOCK_BYTES, encodeRecordHeader, type RecordHeader } from './record-header.js';
import type { Segment, StoredInstance } from './segment.js';
import { SharedSync } from './shared-sync.js';

/** A header but for what only the segment knows. */
export type RecordEntry = Omit<RecordHeader, 'durableBytes' | 'segmentName'>;

/** A record that stands in the segment, and that a sync has still to make durable. */
export interface WrittenRecord {
  /** Rejects when the disk did not keep it. */
  readonly durable: Promise<StoredInstance>;
}

/**
 * Appends records to a segment, one after the other: a block for the header, then the Part 10 file, up to the next block
 * boundary. One fdatasync makes durable all that was written before it.
 */
export class SegmentWriter {
  private readonly syncs = new SharedSync(() => this.sync());
  private readonly record = new RecordBytes();
  private writing: Promise<void> | undefined;
  private failure: unknown;
  /** Where the record that is being written begins. */
  private start = 0;
  /** Of the segment; what lies behind it waits for a sync. */
  private durableBytes = 0;

  constructor(
    readonly segment: Segment,
    private readonly handle: Promise<FileHandle>,
    /** Resolves when the file's name is durable: before it nothing in the file is. */
    private readonly named: Promise<void>,
  ) {
    Promise.all([handle, named]).catch((error: unknown) => {
      this.failure ??= error;
    });
  }

  /** The disk failed: nothing more is to be written here. */
  get isBroken(): boolean {
    return this.failure !== undefined;
  }

  get sizeBytes(): number {
    return this.start;
  }

  /**
   * Copies: the caller may use its buffer again. A promise asks to wait, the disk is behind; it does not reject: `write` and
   * `durable` tell of failures.
   */
  append(bytes: Buffer): Promise<void> | undefined {
    if (this.failure !== undefined) return undefined;
    this.record.append(bytes);
    if (this.record.fullBuffers === 0) return undefined;
    if (this.writing !== undefined) return this.writing;
    this.writeFullBuffers();
    return undefined;
  }

  /** Ends the record: the next one may begin when it resolves. Rejects when the disk does not take it. */
  async write(entry: RecordEntry): Promise<WrittenRecord> {
    await this.writing;
    const handle = await this.handle;
    this.check();
    const { start } = this;
    const header = { ...entry, segmentName: this.segment.name, durableBytes: this.durableBytes };
    try {
      await this.record.finish(handle, start, encodeRecordHeader(header));
    } catch (error) {
      this.failure = error;
      throw error;
    }
    const position = start + BLOCK_BYTES;
    const end = aligned(position + header.length);
    this.start = end;
    const durable = this.syncs.done().then(() => {
      this.segment.keep(1, end);
      return { ...header, segment: this.segment, position };
    });
    return { durable };
  }

  /** Forgets the record that is being written. */
  async discard(): Promise<void> {
    await this.writing;
    const { isBegun } = this.record;
    this.record.discard();
    // What a sync makes durable just now stays.
    if (this.failure !== undefined) await this.syncs.settled();
    try {
      const handle = await this.handle;
      if (this.failure !== undefined) await handle.truncate(this.durableBytes);
      else if (isBegun) await handle.truncate(this.start);
    } catch (error) {
      this.failure ??= error;
    }
  }

  async close(): Promise<void> {
    await this.writing;
    await this.syncs.settled();
    await this.handle.then((handle) => this.closeFile(handle)).catch(() => undefined);
    await this.segment.endWriting();
  }

  /** What an earlier use left behind the last record takes no room of the disk. */
  private async closeFile(handle: FileHandle): Promise<void> {
    try {
      if (this.failure === undefined) await handle.truncate(this.start);
    } finally {
      await handle.close();
    }
  }

  /** Once it failed it always does: what a failed sync left is not known. */
  private async sync(): Promise<void> {
    this.check();
    const handle = await this.handle;
    const bytes = this.start;
    try {
      await Promise.all([handle.datasync(), this.named]);
    } catch (error) {
      this.failure = error;
      throw error;
    }
    this.durableBytes = bytes;
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  private writeFullBuffers(): void {
    this.writing = this.handle
      .then((handle) => this.record.writeFull(handle, this.start))
      .catch((error: unknown) => {
        this.failure = error;
      })
      .finally(() => {
        this.writing = undefined;
      });
  }
}
