import type { Spool } from './spool.js';

const PIECE_BYTES = 1024 * 1024;

/** Bytes that wait in a spool: a bulk data element, or a data set without its bulk data. */
export class KeptBytes {
  private held: Buffer[] = [];
  private place: number | undefined;
  private length = 0;
  private users = 1;

  constructor(private readonly spool: Spool) {}

  get sizeBytes(): number {
    return this.length;
  }

  /** They are copied. Nobody else may write until all of these are written. @throws SpoolFull, ObjectStoreFull */
  write(bytes: Buffer): Promise<void> | undefined {
    if (this.place === undefined && this.spool.hold(bytes.length, this.length)) {
      this.held.push(Buffer.from(bytes));
      this.length += bytes.length;
      return undefined;
    }
    return this.append(bytes);
  }

  /** Of these bytes from `from`, at most so many. */
  async read(from: number, length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.pieces(from, Math.min(length, this.length - from))) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** In pieces that are the reader's own. */
  async *pieces(from = 0, length = this.length - from): AsyncGenerator<Buffer> {
    const end = from + length;
    if (this.place === undefined) {
      let at = 0;
      for (const piece of this.held) {
        const part = piece.subarray(Math.max(from - at, 0), Math.max(end - at, 0));
        if (part.length > 0) yield part;
        at += piece.length;
      }
      return;
    }
    for (let at = from; at < end; at += PIECE_BYTES) {
      yield await this.spool.read(this.place + at, Math.min(PIECE_BYTES, end - at));
    }
  }

  /** So many want them; none, and they are forgotten. */
  shareAmong(users: number): void {
    this.users = users;
    if (users === 0) this.forget();
  }

  /** One who wanted them wants them no more. */
  release(): void {
    this.shareAmong(this.users - 1);
  }

  private forget(): void {
    if (this.place === undefined) this.spool.letGo(this.length);
    else this.spool.leave();
    this.held = [];
    this.length = 0;
  }

  private async append(bytes: Buffer): Promise<void> {
    if (this.place === undefined) {
      this.place = this.spool.place();
      for (const piece of this.held) await this.spool.append(piece);
      this.spool.letGo(this.length);
      this.held = [];
    }
    await this.spool.append(bytes);
    this.length += bytes.length;
  }
}
