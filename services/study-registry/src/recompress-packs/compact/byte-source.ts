import { ObjectDamaged } from '@yinglian/objects';

/** Takes a stream of bytes in lengths that the reader wants. */
export class ByteSource {
  private readonly pieces: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Buffer>) {
    this.pieces = bytes[Symbol.asyncIterator]();
  }

  /** So many of them, in pieces as they come. @throws ObjectDamaged when they end before */
  async *pass(bytes: number): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0; ) {
      if (this.rest.length === 0 && !(await this.more())) throw new ObjectDamaged('The bytes end before they should');
      const piece = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** The same together. @throws ObjectDamaged */
  async take(bytes: number): Promise<Buffer> {
    const taken = Buffer.allocUnsafeSlow(bytes);
    let at = 0;
    for await (const piece of this.pass(bytes)) at += piece.copy(taken, at);
    return taken;
  }

  async hasEnded(): Promise<boolean> {
    return this.rest.length === 0 && !(await this.more());
  }

  /** Who reads no further says so. */
  async close(): Promise<void> {
    await this.pieces.return?.();
  }

  private async more(): Promise<boolean> {
    for (;;) {
      const next = await this.pieces.next();
      if (next.done === true) return false;
      if (next.value.length === 0) continue;
      this.rest = next.value;
      return true;
    }
  }
}
