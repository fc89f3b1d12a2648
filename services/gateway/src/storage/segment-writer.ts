import { type FileHandle, open } from 'node:fs/promises';
import { aligned, BLOCK_BYTES, encodeRecordHeader, type RecordHeader } from './record-header.js';
import type { Segment, StoredInstance } from './segment.js';

/** Bytes that are put together for one write. */
const BATCH_BYTES = 256 * 1024;
/** Bytes of one association that may wait for the disk; beyond it the sender waits. */
const WAITING_LIMIT_BYTES = 4 * 1024 * 1024;

/** A header but for what only the segment knows. */
export type RecordEntry = Omit<RecordHeader, 'durableBytes'>;

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
  private readonly handle: Promise<FileHandle>;
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private writing: Promise<void> | undefined;
  private failure: unknown;
  /** Where the record that is being written begins. */
  private start = 0;
  private fileBytes = 0;
  /** Of the segment; what lies behind it waits for a sync. */
  private durableBytes = 0;
  private lastSync: Promise<void> = Promise.resolve();
  /** It has not begun: whoever comes now need not wait for another one. */
  private nextSync: Promise<void> | undefined;

  constructor(
    readonly segment: Segment,
    /** Resolves when the file's name is durable. */
    created: Promise<void>,
  ) {
    this.handle = created.then(() => open(segment.path, 'r+'));
    this.handle.catch((error: unknown) => {
      this.failure = error;
    });
  }

  /** The disk failed: nothing more is to be written here. */
  get isBroken(): boolean {
    return this.failure !== undefined;
  }

  get sizeBytes(): number {
    return this.start;
  }

  /** A promise asks to wait: the disk is behind. It does not reject; `write` and `durable` tell of failures. */
  append(bytes: Buffer): Promise<void> | undefined {
    if (this.failure !== undefined) return undefined;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (this.waitingBytes >= BATCH_BYTES && this.writing === undefined) this.writeBatches();
    return this.waitingBytes > WAITING_LIMIT_BYTES ? this.writing : undefined;
  }

  /** Ends the record: the next one may begin when it resolves. Rejects when the disk does not take it. */
  async write(entry: RecordEntry): Promise<WrittenRecord> {
    await this.writing;
    const handle = await this.handle;
    this.check();
    const { start } = this;
    const header = { ...entry, durableBytes: this.durableBytes };
    try {
      await Promise.all([
        writeAll(handle, [encodeRecordHeader(header)], start),
        writeAll(handle, this.take(), start + BLOCK_BYTES + this.fileBytes),
      ]);
    } catch (error) {
      this.failure = error;
      throw error;
    }
    const position = start + BLOCK_BYTES;
    const end = aligned(position + header.length);
    this.start = end;
    this.fileBytes = 0;
    const durable = this.sync(handle).then(() => {
      this.segment.keep(1, end);
      return { ...header, segment: this.segment, position };
    });
    return { durable };
  }

  /** Forgets the record that is being written. */
  async discard(): Promise<void> {
    this.take();
    await this.writing;
    try {
      const handle = await this.handle;
      if (this.failure !== undefined) await handle.truncate(this.durableBytes);
      else if (this.fileBytes > 0) await handle.truncate(this.start);
    } catch (error) {
      this.failure ??= error;
    }
    this.fileBytes = 0;
  }

  async close(): Promise<void> {
    await this.writing;
    await this.lastSync.catch(() => undefined);
    await this.handle.then((handle) => handle.close()).catch(() => undefined);
    await this.segment.endWriting();
  }

  private sync(handle: FileHandle): Promise<void> {
    this.nextSync ??= this.lastSync = this.lastSync.then(async () => {
      this.nextSync = undefined;
      const bytes = this.start;
      try {
        await handle.datasync();
      } catch (error) {
        this.failure = error;
        throw error;
      }
      this.durableBytes = bytes;
    });
    return this.nextSync;
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  private take(): Buffer[] {
    const taken = this.waiting;
    this.waiting = [];
    this.waitingBytes = 0;
    return taken;
  }

  private writeBatches(): void {
    this.writing = this.writeWaiting().then(
      () => {
        this.writing = undefined;
      },
      (error: unknown) => {
        this.failure = error;
        this.take();
        this.writing = undefined;
      },
    );
  }

  private async writeWaiting(): Promise<void> {
    const handle = await this.handle;
    while (this.waitingBytes >= BATCH_BYTES) {
      const buffers = this.take();
      const written = await writeAll(handle, buffers, this.start + BLOCK_BYTES + this.fileBytes);
      this.fileBytes += written;
    }
  }
}

/** Buffers that one writev takes (IOV_MAX). */
const MOST_BUFFERS = 1024;

/** Writes all of it, however short the single writes come out. */
async function writeAll(handle: FileHandle, buffers: readonly Buffer[], position: number): Promise<number> {
  let rest = buffers.filter(({ length }) => length > 0);
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await handle.writev(rest.slice(0, MOST_BUFFERS), at);
    at += bytesWritten;
    let done = bytesWritten;
    while (rest[0] !== undefined && done >= rest[0].length) {
      done -= rest[0].length;
      rest = rest.slice(1);
    }
    if (rest[0] !== undefined && done > 0) rest = [rest[0].subarray(done), ...rest.slice(1)];
  }
  return at - position;
}
