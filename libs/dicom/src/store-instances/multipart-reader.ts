/** What the headers of a part say of it; empty where they say nothing. */
export interface PartHead {
  readonly contentType: string;
  /** By which the metadata refers to bulk data. */
  readonly contentLocation: string;
}

export type MultipartEvent =
  | ({ readonly kind: 'part' } & PartHead)
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'part-end' };

export class MultipartError extends Error {
  override readonly name: string = 'MultipartError';
}

export class TooManyParts extends MultipartError {
  override readonly name = 'TooManyParts';
}

const CRLF = '\r\n';
const END_OF_HEADERS = Buffer.from('\r\n\r\n');
const LONGEST_HEADERS_BYTES = 16 * 1024;

/**
 * Reads a multipart body (RFC 2046 section 5.1) cut anywhere into pieces. Part bodies leave as they arrive, as views of what
 * was given; only what may be the beginning of a boundary is held back.
 */
export class MultipartReader {
  private readonly delimiter: Buffer;
  private state: 'preamble' | 'delimiter' | 'headers' | 'body' | 'epilogue' = 'preamble';
  /** The first boundary may stand at the very beginning. */
  private held: Buffer = Buffer.from(CRLF);

  constructor(boundary: string) {
    this.delimiter = Buffer.from(`${CRLF}--${boundary}`, 'latin1');
  }

  get isFinished(): boolean {
    return this.state === 'epilogue';
  }

  *read(chunk: Buffer): Generator<MultipartEvent, void, void> {
    let rest = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.held = Buffer.alloc(0);
    for (let wasShort = false; !wasShort && this.state !== 'epilogue'; ) {
      const before = rest;
      if (this.state === 'preamble' || this.state === 'body') {
        const { end, held, found } = this.findDelimiter(rest);
        if (this.state === 'body' && end > 0) yield { kind: 'data', bytes: rest.subarray(0, end) };
        rest = rest.subarray(found ? end + this.delimiter.length : rest.length - held);
        if (found && this.state === 'body') yield { kind: 'part-end' };
        if (found) this.state = 'delimiter';
        wasShort = !found;
      } else if (this.state === 'delimiter') {
        rest = this.afterDelimiter(rest);
        wasShort = this.state === 'delimiter';
      } else {
        const part = this.headers(rest);
        if (part !== undefined) {
          yield { kind: 'part', ...part.head };
          rest = part.rest;
          this.state = 'body';
        }
        wasShort = rest === before;
      }
    }
    this.held = this.state === 'epilogue' ? Buffer.alloc(0) : rest;
  }

  private findDelimiter(bytes: Buffer): { end: number; held: number; found: boolean } {
    const at = bytes.indexOf(this.delimiter);
    if (at >= 0) return { end: at, held: 0, found: true };
    const held = this.heldBytes(bytes);
    return { end: bytes.length - held, held, found: false };
  }

  /** How many of the last bytes may begin a delimiter. */
  private heldBytes(bytes: Buffer): number {
    const tail = bytes.subarray(Math.max(bytes.length - this.delimiter.length + 1, 0));
    for (let at = tail.indexOf(CRLF[0] ?? ''); at >= 0; at = tail.indexOf(CRLF[0] ?? '', at + 1)) {
      const candidate = tail.subarray(at);
      if (this.delimiter.subarray(0, candidate.length).equals(candidate)) return candidate.length;
    }
    return 0;
  }

  /** What follows a delimiter: two hyphens end the body, an end of line begins a part. */
  private afterDelimiter(bytes: Buffer): Buffer {
    if (bytes.length < 2) return bytes;
    if (bytes.toString('latin1', 0, 2) === '--') {
      this.state = 'epilogue';
      return Buffer.alloc(0);
    }
    const end = bytes.indexOf(CRLF);
    if (end < 0 && bytes.length < LONGEST_HEADERS_BYTES) return bytes;
    if (end < 0 || bytes.toString('latin1', 0, end).trim() !== '') throw new MultipartError('A boundary is broken');
    this.state = 'headers';
    // The end of line stays: a part without headers begins with two.
    return bytes.subarray(end);
  }

  private headers(bytes: Buffer): { head: PartHead; rest: Buffer } | undefined {
    const end = bytes.indexOf(END_OF_HEADERS);
    if (end < 0) {
      if (bytes.length > LONGEST_HEADERS_BYTES) throw new MultipartError('The headers of a part are too long');
      return undefined;
    }
    const lines = bytes
      .toString('latin1', 0, end)
      .split(CRLF)
      .filter((line) => line !== '');
    if (lines.some((line) => !/^[\w-]+\s*:|^\s/.test(line))) throw new MultipartError('A header of a part is broken');
    const headerOf = (name: RegExp) => lines.find((line) => name.test(line))?.replace(/^[^:]*:\s*/, '') ?? '';
    return {
      head: { contentType: headerOf(/^content-type\s*:/i), contentLocation: headerOf(/^content-location\s*:/i).trim() },
      rest: bytes.subarray(end + END_OF_HEADERS.length),
    };
  }
}
