import type { FileHandle } from 'node:fs/promises';
import { BLOCK_BYTES } from './record-header.js';

const WINDOW_BLOCKS = 256;

/** Reads a file block by block, many at once. */
export class BlockReader {
  private readonly window = Buffer.alloc(WINDOW_BLOCKS * BLOCK_BYTES);
  private start = 0;
  private end = 0;

  constructor(private readonly handle: FileHandle) {}

  /** The block at a multiple of its size, shorter or empty where the file ends. Good until the next one is asked for. */
  async at(position: number): Promise<Buffer> {
    if (position < this.start || position + BLOCK_BYTES > this.end) {
      const { bytesRead } = await this.handle.read(this.window, 0, this.window.length, position);
      this.start = position;
      this.end = position + bytesRead;
    }
    return this.window.subarray(position - this.start, Math.min(position + BLOCK_BYTES, this.end) - this.start);
  }
}
