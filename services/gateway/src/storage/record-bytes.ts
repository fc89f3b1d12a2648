import type { FileHandle } from 'node:fs/promises';
import { aligned, BLOCK_BYTES } from './record-header.js';
import { WRITE_BUFFER_BYTES, WriteBuffers } from './write-buffers.js';

const buffers = new WriteBuffers();

/** A buffer and how much of it is filled. */
interface Filling {
  readonly buffer: Buffer;
  end: number;
}

/**
 * The bytes of one record that the disk does not have yet. The first buffer leaves room for the header, so that a record that
 * fits in it is one write.
 */
export class RecordBytes {
  private readonly full: Filling[] = [];
  private filling: Filling | undefined;
  /** Of the record, header included: where the next buffer belongs. */
  private written = 0;

  /** Copies: the caller may use its buffer again. */
  append(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const filling = this.filling ?? this.next();
      this.filling = filling;
      const copied = bytes.copy(filling.buffer, filling.end, at);
      at += copied;
      filling.end += copied;
      if (filling.end === WRITE_BUFFER_BYTES) this.endFilling();
    }
  }

  get fullBuffers(): number {
    return this.full.length;
  }

  /** Whether part of the record stands in the file already. */
  get isBegun(): boolean {
    return this.written > 0;
  }

  /** Writes the full buffers, those too that fill meanwhile. The record begins at `start` of the file. */
  async writeFull(handle: FileHandle, start: number): Promise<void> {
    for (let next = this.full.shift(); next !== undefined; next = this.full.shift()) {
      await this.put(handle, start, next);
    }
  }

  /** Writes the rest, and the header before everything. Nothing else may be under way. */
  async finish(handle: FileHandle, start: number, header: Buffer): Promise<void> {
    this.fillBlock();
    this.endFilling();
    const [first] = this.full;
    if (first !== undefined && !this.isBegun) header.copy(first.buffer);
    else await writeAll(handle, header, start);
    await this.writeFull(handle, start);
    this.written = 0;
  }

  /** Forgets all of it. Nothing may be under way. */
  discard(): void {
    this.endFilling();
    for (const { buffer } of this.full.splice(0)) buffers.giveBack(buffer);
    this.written = 0;
  }

  private async put(handle: FileHandle, start: number, { buffer, end }: Filling): Promise<void> {
    const at = start + this.written;
    this.written += end;
    await writeAll(handle, buffer.subarray(0, end), at);
    buffers.giveBack(buffer);
  }

  private next(): Filling {
    const buffer = buffers.take();
    if (this.isBegun || this.full.length > 0) return { buffer, end: 0 };
    // Empty until the header comes, and not another record's header.
    buffer.fill(0, 0, BLOCK_BYTES);
    return { buffer, end: BLOCK_BYTES };
  }

  /** A block that is written whole need not be read from the disk before, whatever the file held there. */
  private fillBlock(): void {
    const { filling } = this;
    if (filling === undefined) return;
    const end = aligned(filling.end);
    filling.buffer.fill(0, filling.end, end);
    filling.end = end;
  }

  private endFilling(): void {
    if (this.filling !== undefined) this.full.push(this.filling);
    this.filling = undefined;
  }
}

/** Writes all of it, however short the single writes come out. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
