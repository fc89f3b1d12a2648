import { createInflateRaw } from 'node:zlib';

/** How a deflated data set came to its end. */
export type InflatedEnd = 'whole' | 'cut-short' | 'broken';

/** Inflates a deflated data set (PS3.5 section A.5) while it streams by; memory stays the same for any length. */
export class InflatedDataSet {
  private readonly inflating = createInflateRaw();
  private readonly ended: Promise<InflatedEnd>;
  private isOver = false;
  /** Who waits for a write: zlib forgets them when it fails. */
  private readonly waiting = new Set<() => void>();

  constructor(onPiece: (bytes: Buffer) => void) {
    this.inflating.on('data', onPiece);
    this.ended = new Promise((resolve) => {
      const end = (how: InflatedEnd) => {
        this.isOver = true;
        for (const written of this.waiting) written();
        resolve(how);
      };
      this.inflating.once('end', () => end('whole'));
      this.inflating.once('error', (error) => {
        // zlib calls it a buffer error when the stream ends before its last block does.
        end('code' in error && error.code === 'Z_BUF_ERROR' ? 'cut-short' : 'broken');
      });
    });
  }

  /** A promise asks to wait; it does not reject. */
  write(bytes: Buffer): Promise<void> | undefined {
    if (this.isOver) return undefined;
    return new Promise((resolve) => {
      const written = () => {
        this.waiting.delete(written);
        resolve();
      };
      this.waiting.add(written);
      // Inflated elsewhere, while the caller may use its buffer again.
      this.inflating.write(Buffer.from(bytes), written);
    });
  }

  async end(): Promise<InflatedEnd> {
    this.inflating.end();
    return this.ended;
  }

  /** Nothing more of it is wanted. */
  close(): void {
    this.inflating.destroy();
  }
}
