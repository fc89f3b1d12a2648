const MOST_WAITING_BYTES = 1024 * 1024;

/** Bytes on their way from who receives them to who writes them; whoever is too fast is asked to wait. */
export class PieceQueue implements AsyncIterable<Buffer> {
  private readonly pieces: Buffer[] = [];
  private waitingBytes = 0;
  private end: 'open' | 'ended' | Error = 'open';
  private isUnread = false;
  private arrival = Promise.withResolvers<void>();
  private room: PromiseWithResolvers<void> | undefined;

  /** A promise asks to wait; it does not reject. When nobody reads any more, nothing waits. */
  push(piece: Buffer): Promise<void> | undefined {
    if (this.isUnread) return undefined;
    this.pieces.push(piece);
    this.waitingBytes += piece.length;
    this.arrival.resolve();
    if (this.waitingBytes < MOST_WAITING_BYTES) return undefined;
    this.room ??= Promise.withResolvers<void>();
    return this.room.promise;
  }

  /** Nothing more comes; with an error, what came is not all. */
  close(end: 'ended' | Error = 'ended'): void {
    this.end = end;
    this.arrival.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const piece = this.pieces.shift();
        if (this.end instanceof Error) throw this.end;
        if (piece !== undefined) yield this.taken(piece);
        else if (this.end === 'ended') return;
        else {
          await this.arrival.promise;
          this.arrival = Promise.withResolvers<void>();
        }
      }
    } finally {
      this.isUnread = true;
      this.letIn();
    }
  }

  private taken(piece: Buffer): Buffer {
    this.waitingBytes -= piece.length;
    if (this.waitingBytes < MOST_WAITING_BYTES) this.letIn();
    return piece;
  }

  private letIn(): void {
    this.room?.resolve();
    this.room = undefined;
  }
}
