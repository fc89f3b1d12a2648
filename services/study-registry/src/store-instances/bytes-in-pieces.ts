import type { ReadBytes } from '@yinglian/dicom';

/** Reads from a file that is in memory in pieces; copies only what lies in several. */
export function bytesInPieces(pieces: readonly Buffer[]): (...range: Parameters<ReadBytes>) => Promise<Buffer> {
  return async (position, length) => {
    const found: Buffer[] = [];
    let at = 0;
    for (const piece of pieces) {
      const from = Math.max(position - at, 0);
      const end = Math.min(position + length - at, piece.length);
      if (end > from) found.push(piece.subarray(from, end));
      at += piece.length;
      if (at >= position + length) break;
    }
    const [first] = found;
    return found.length === 1 && first !== undefined ? first : Buffer.concat(found);
  };
}
