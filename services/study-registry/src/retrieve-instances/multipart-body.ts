import { randomUUID } from 'node:crypto';
import type { Body } from './body.js';
import { PiecesTogether } from './pieces-together.js';

/** What stands before a part. */
export function partHead(
  { contentType, sizeBytes }: Pick<Body, 'contentType' | 'sizeBytes'>,
  boundary: string,
): Buffer {
  const length = sizeBytes === undefined ? '' : `Content-Length: ${sizeBytes}\r\n`;
  return Buffer.from(`\r\n--${boundary}\r\nContent-Type: ${contentType}\r\n${length}\r\n`);
}

/** What stands behind all parts. */
export const multipartEnd = (boundary: string): Buffer => Buffer.from(`\r\n--${boundary}--\r\n`);

/** A multipart/related body (RFC 2387, PS3.18 section 8.6.1.2) of other ones. No part is announced before its first bytes are there. */
export function multipartBody(type: string, parts: readonly Body[], boundary: string = randomUUID()): Body {
  const end = multipartEnd(boundary);
  const sizes = parts.map((part) =>
    part.sizeBytes === undefined ? undefined : partHead(part, boundary).length + part.sizeBytes,
  );
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    sizeBytes: sizes.reduce(
      (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
      end.length,
    ),
    async *pieces(scratch) {
      const together = new PiecesTogether(scratch);
      for (const part of parts) yield* together.of(partHead(part, boundary), part);
      yield* together.end(end);
    },
  };
}
