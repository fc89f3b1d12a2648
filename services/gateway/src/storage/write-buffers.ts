/** What goes to the disk in one write. */
export const WRITE_BUFFER_BYTES = 1024 * 1024;
/** Buffers that are kept for the next instance; more are left to the collector. */
const MOST_KEPT = 16;

/** Memory that instances pass through on their way to the disk, used again and again: fresh memory costs more than a copy. */
export class WriteBuffers {
  private readonly free: Buffer[] = [];

  take(): Buffer {
    return this.free.pop() ?? Buffer.allocUnsafeSlow(WRITE_BUFFER_BYTES);
  }

  /** Nobody reads or writes it any more. */
  giveBack(buffer: Buffer): void {
    if (this.free.length < MOST_KEPT) this.free.push(buffer);
  }
}
