import { randomUUID } from 'node:crypto';

/** A body whose length is known before its bytes are read. */
export interface Body {
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Its bytes, piece by piece. `scratch` may be read into: a piece is good until the next one is asked for. */
  pieces(scratch: Buffer): AsyncIterable<Buffer>;
}

/** A multipart/related body (RFC 2387, PS3.18 section 8.6.1.2) of other ones. */
export function multipartBody(type: string, parts: readonly Body[]): Body {
  const boundary = randomUUID();
  const head = ({ contentType, sizeBytes }: Body) =>
    Buffer.from(`\r\n--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Length: ${sizeBytes}\r\n\r\n`);
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    sizeBytes: parts.reduce((sum, part) => sum + head(part).length + part.sizeBytes, end.length),
    async *pieces(scratch) {
      for (const part of parts) {
        yield head(part);
        yield* part.pieces(scratch);
      }
      yield end;
    },
  };
}
