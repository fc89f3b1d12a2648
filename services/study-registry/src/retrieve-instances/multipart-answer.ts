import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

/** One part: its length is known before its bytes are read. */
export interface Part {
  readonly contentType: string;
  readonly sizeBytes: number;
  bytes(): AsyncIterable<Buffer>;
}

export interface MultipartAnswer {
  readonly contentType: string;
  readonly contentLength: number;
  readonly body: Readable;
}

/** Bytes that wait for a slow client at most. */
const AHEAD_BYTES = 2 * 1024 * 1024;

export const streamOf = (chunks: AsyncIterable<Buffer>): Readable =>
  Readable.from(chunks, { objectMode: false, highWaterMark: AHEAD_BYTES });

/** A multipart/related body (RFC 2387, PS3.18 section 8.6.1.2) whose parts are read as the client takes them. */
export function multipartAnswer(type: string, parts: readonly Part[]): MultipartAnswer {
  const boundary = randomUUID();
  const head = ({ contentType, sizeBytes }: Part) =>
    Buffer.from(`\r\n--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Length: ${sizeBytes}\r\n\r\n`);
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (const part of parts) {
      yield head(part);
      yield* part.bytes();
    }
    yield end;
  }
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    contentLength: parts.reduce((sum, part) => sum + head(part).length + part.sizeBytes, end.length),
    body: streamOf(chunks()),
  };
}
