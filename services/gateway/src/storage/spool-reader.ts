import type { FileHandle } from 'node:fs/promises';
import type { Segment, StoredInstance } from './segment.js';

const PIECE_BYTES = 128 * 1024;
/** Memory is used in turn: new memory for all that is uploaded keeps the garbage collector busy beside the receiving. */
const PIECES_IN_USE = 4;
/** What readers that have ended left for others. */
const MOST_KEPT = 4;
const kept: Buffer[][] = [];

/** The spool cannot be read: this is no matter of the province. */
export class SpoolReadError extends Error {
  override readonly name = 'SpoolReadError';
}

/** Reads Part 10 files back from the spool, one after the other; to be closed. */
export class SpoolReader {
  private readonly memory =
    kept.pop() ?? Array.from({ length: PIECES_IN_USE }, () => Buffer.allocUnsafeSlow(PIECE_BYTES));
  private turn = 0;
  private opened: { readonly segment: Segment; readonly handle: FileHandle } | undefined;

  /** The bytes of one file, from one of them on. A piece is valid until the fourth one after it. Throws a SpoolReadError. */
  async *pieces({ segment, position, length }: StoredInstance, from = 0): AsyncGenerator<Buffer> {
    for (let at = from; at < length; ) {
      const piece = await this.read(segment, position + at, Math.min(PIECE_BYTES, length - at));
      yield piece;
      at += piece.length;
    }
  }

  /** Closes it when nobody looks at a piece any more: its memory is for the next reader. */
  async closeAfterUse(): Promise<void> {
    await this.close();
    if (kept.length < MOST_KEPT) kept.push(this.memory);
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.segment.close(opened.handle);
  }

  private async read(segment: Segment, position: number, wanted: number): Promise<Buffer> {
    const memory = this.memory[this.turn++ % PIECES_IN_USE] as Buffer;
    try {
      const handle = await this.open(segment);
      const { bytesRead } = await handle.read(memory, 0, wanted, position);
      if (bytesRead > 0) return memory.subarray(0, bytesRead);
    } catch (error) {
      throw new SpoolReadError('A segment of the spool cannot be read', { cause: error });
    }
    throw new SpoolReadError('A segment of the spool is shorter than its records say');
  }

  private async open(segment: Segment): Promise<FileHandle> {
    if (this.opened?.segment === segment) return this.opened.handle;
    await this.close();
    const handle = await segment.open();
    this.opened = { segment, handle };
    return handle;
  }
}
