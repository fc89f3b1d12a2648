import { randomUUID } from 'node:crypto';
import type { ByteRange } from '@yinglian/dicom';
import type { BytePart } from '../domain/byte-range.js';
import { PiecesTogether } from './pieces-together.js';

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

/** A multipart/related body (RFC 2387, PS3.18 section 8.6.1.2) of other ones. No part is announced before its first bytes are there. */
export function multipartBody(type: string, parts: readonly Body[], boundary: string = randomUUID()): Body {
  const head = ({ contentType, sizeBytes }: Body) => {
    const length = sizeBytes === undefined ? '' : `Content-Length: ${sizeBytes}\r\n`;
    return Buffer.from(`\r\n--${boundary}\r\nContent-Type: ${contentType}\r\n${length}\r\n`);
  };
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const sizes = parts.map((part) => (part.sizeBytes === undefined ? undefined : head(part).length + part.sizeBytes));
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    sizeBytes: sizes.reduce(
      (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
      end.length,
    ),
    async *pieces(scratch) {
      const together = new PiecesTogether(scratch);
      for (const part of parts) yield* together.of(head(part), part);
      yield* together.rest();
      yield end;
    },
  };
}
