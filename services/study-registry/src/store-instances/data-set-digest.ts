import { createHash } from 'node:crypto';

/** SHA-256 of what follows the first `offset` bytes of a file, which is said once it is known. */
export class DataSetDigest {
  private readonly hash = createHash('sha256');
  private skipped = 0;

  update(bytes: Buffer, offset: number): void {
    const from = Math.min(Math.max(offset - this.skipped, 0), bytes.length);
    this.skipped += from;
    this.hash.update(from === 0 ? bytes : bytes.subarray(from));
  }

  hex(): string {
    return this.hash.digest('hex');
  }
}
