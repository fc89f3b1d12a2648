import type { Body } from './body.js';

/** The bytes of a multipart body, in pieces that are as long as `scratch`: each one costs a system call here, and one at the edge. */
export class PiecesTogether {
  private filled = 0;

  constructor(private readonly scratch: Buffer) {}

  /** A part behind its head, which is not given before there is something to follow it, or nothing. */
  async *of(head: Buffer, part: Body): AsyncGenerator<Buffer> {
    const { sizeBytes } = part;
    if (part.part === undefined || sizeBytes === undefined || sizeBytes === 0) {
      yield* this.rest();
      yield* announced(head, part.pieces(this.scratch));
      return;
    }
    if (head.length >= this.scratch.length - this.filled) yield* this.rest();
    this.filled += head.copy(this.scratch, this.filled);
    for (let from = 0; from < sizeBytes; ) {
      if (this.filled === this.scratch.length) yield* this.rest();
      const room = this.scratch.subarray(this.filled, this.filled + sizeBytes - from);
      for await (const piece of part.part({ from, length: room.length }).pieces(room)) {
        if (isAllOf(piece, room)) {
          this.filled += piece.length;
        } else {
          // Bytes of several places come one after the other into the same room, and some have a place of their own.
          yield* this.rest();
          yield piece;
        }
      }
      from += room.length;
    }
  }

  /** What stands behind all parts. */
  *end(bytes: Buffer): Generator<Buffer> {
    if (bytes.length > this.scratch.length - this.filled) yield* this.rest();
    this.filled += bytes.copy(this.scratch, this.filled);
    yield* this.rest();
  }

  /** What is not given yet. */
  private *rest(): Generator<Buffer> {
    if (this.filled > 0) yield this.scratch.subarray(0, this.filled);
    this.filled = 0;
  }
}

/** Pieces behind a first one, which is not given before there is something to follow it, or nothing. */
export async function* announced(first: Buffer, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isAnnounced = false;
  for await (const piece of pieces) {
    if (!isAnnounced) yield first;
    isAnnounced = true;
    yield piece;
  }
  if (!isAnnounced) yield first;
}

const isAllOf = (piece: Buffer, room: Buffer) =>
  piece.buffer === room.buffer && piece.byteOffset === room.byteOffset && piece.length === room.length;
