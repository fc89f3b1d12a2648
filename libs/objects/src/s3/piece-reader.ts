import { ObjectTooShort } from '../object-store.errors.js';

/** Fills buffers from pieces that come in order. */
export class PieceReader {
  private readonly pieces: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  /** @param position of the first byte @param end of the last one, exclusive */
  constructor(
    pieces: AsyncIterable<Buffer>,
    public position: number,
    readonly end: number,
  ) {
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  /** @throws ObjectTooShort, and what the pieces throw */
  async fill(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      if (this.rest.length === 0) {
        const next = await this.pieces.next();
        if (next.done === true) throw new ObjectTooShort('The object is shorter than expected');
        this.rest = next.value;
      }
      const copied = this.rest.copy(bytes, at);
      this.rest = this.rest.subarray(copied);
      this.position += copied;
      at += copied;
    }
  }

  async close(): Promise<void> {
    await this.pieces.return?.();
  }
}
