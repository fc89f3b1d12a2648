import type { ByteRange } from '@yinglian/dicom';
import type { BytePart } from '../domain/byte-range.js';

/** What an answer carries. */
export interface Body {
  readonly contentType: string;
  /** Undefined when it is not known before the last byte is made. */
  readonly sizeBytes: number | undefined;
  /** Its bytes, piece by piece. `scratch` may be read into: a piece is good until the next one is asked for. */
  pieces(scratch: Buffer): AsyncIterable<Buffer>;
  /** Some of its bytes, where they can be had without the others. */
  part?(part: BytePart): Body;
}

export interface StoredBody extends Body {
  readonly sizeBytes: number;
  part(part: BytePart): StoredBody;
}

/** A body of which it is known where its bytes lie. */
export function storedBody(
  contentType: string,
  ranges: readonly ByteRange[],
  read: (ranges: readonly ByteRange[], scratch: Buffer) => AsyncIterable<Buffer>,
): StoredBody {
  return {
    contentType,
    sizeBytes: ranges.reduce((sum, [, length]) => sum + length, 0),
    pieces: (scratch) => read(ranges, scratch),
    part: (part) => storedBody(contentType, partOf(ranges, part), read),
  };
}

function partOf(ranges: readonly ByteRange[], { from, length }: BytePart): ByteRange[] {
  let before = 0;
  return ranges.flatMap(([offset, size]) => {
    const first = Math.max(from - before, 0);
    const end = Math.min(from + length - before, size);
    before += size;
    return end > first ? [[offset + first, end - first]] : [];
  });
}
