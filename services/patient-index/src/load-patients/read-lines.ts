import { createReadStream } from 'node:fs';

/** Far longer than a description within all bounds of patient.observed.v3 is. */
export const LONGEST_LINE_BYTES = 65_536;
const CHUNK_BYTES = 1_048_576;
const NEWLINE = 0x0a;

export interface Line {
  /** The first one is 1. */
  readonly number: number;
  /** Where the line after it begins. */
  readonly nextByte: number;
  /** Null: longer than allowed. */
  readonly bytes: Buffer | null;
}

/** Lines of a file from some place on, so many at a time. The last one need not end. */
export async function* readLines(
  path: string,
  from: { readonly nextByte: number; readonly lines: number },
  atOnce: number,
): AsyncGenerator<Line[]> {
  let { lines: number, nextByte } = from;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  let batch: Line[] = [];
  const append = (part: Buffer) => {
    begunBytes += part.length;
    if (begunBytes <= LONGEST_LINE_BYTES) begun.push(part);
  };
  const end = (newlineBytes: number) => {
    number += 1;
    nextByte += begunBytes + newlineBytes;
    batch.push({ number, nextByte, bytes: begunBytes > LONGEST_LINE_BYTES ? null : Buffer.concat(begun) });
    begun = [];
    begunBytes = 0;
  };
  const stream: AsyncIterable<Buffer> = createReadStream(path, { start: nextByte, highWaterMark: CHUNK_BYTES });
  for await (const chunk of stream) {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      append(chunk.subarray(start, at));
      end(1);
      start = at + 1;
      if (batch.length < atOnce) continue;
      yield batch;
      batch = [];
    }
    append(chunk.subarray(start));
  }
  if (begunBytes > 0) end(0);
  if (batch.length > 0) yield batch;
}
