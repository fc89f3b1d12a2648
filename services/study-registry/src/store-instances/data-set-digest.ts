import { createHash } from 'node:crypto';

/** SHA-256 of what follows the first `offset` bytes of a file that is in memory in pieces, as hexadecimal digits. */
export function dataSetDigest(pieces: readonly Buffer[], offset: number): string {
  const hash = createHash('sha256');
  let skipped = 0;
  for (const piece of pieces) {
    const from = Math.min(offset - skipped, piece.length);
    skipped += from;
    hash.update(piece.subarray(from));
  }
  return hash.digest('hex');
}
