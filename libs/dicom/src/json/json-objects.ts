/** The text is no array of objects, or too long. */
export class JsonArrayError extends Error {
  constructor(
    message: string,
    readonly isTooLong: boolean,
  ) {
    super(message);
    this.name = 'JsonArrayError';
  }
}

export interface JsonArrayLimits {
  /** Of all objects with what stands between them. */
  readonly bytes: number;
  readonly bytesOfObject: number;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Cuts a JSON array of objects, whose bytes come in pieces of any size, into the texts of its objects. Looks at quotes and brackets
 * only: whether an object is JSON is for who reads it.
 */
export class JsonObjects {
  private state: 'before' | 'first' | 'object' | 'behind' | 'next' | 'after' = 'before';
  private readonly pieces: Buffer[] = [];
  private objectBytes = 0;
  private allBytes = 0;
  private depth = 0;
  private inText = false;
  private isEscaped = false;

  constructor(private readonly limits: JsonArrayLimits) {}

  /** The objects that end in this piece. @throws JsonArrayError */
  *read(piece: Buffer): Generator<Buffer, void, void> {
    this.allBytes += piece.length;
    if (this.allBytes > this.limits.bytes) throw new JsonArrayError('The metadata are too long', true);
    for (let at = 0; at < piece.length; ) {
      if (this.state !== 'object' && !this.isBegun(piece[at] ?? 0)) {
        at += 1;
        continue;
      }
      const end = this.endOfObject(piece, at);
      this.keep(piece.subarray(at, end ?? piece.length));
      at = end ?? piece.length;
      if (end !== undefined) yield this.taken();
    }
  }

  /** All bytes came. @throws JsonArrayError when the array has not ended */
  end(): void {
    if (this.state !== 'after') throw new JsonArrayError('The metadata end early', false);
  }

  /** Whether an object begins with this byte, which stands in none. */
  private isBegun(byte: number): boolean {
    if (BLANKS.has(byte)) return false;
    if ((this.state === 'first' || this.state === 'next') && byte === OPEN_OBJECT) {
      this.state = 'object';
      return true;
    }
    if (this.state === 'before' && byte === OPEN_ARRAY) this.state = 'first';
    else if ((this.state === 'first' || this.state === 'behind') && byte === CLOSE_ARRAY) this.state = 'after';
    else if (this.state === 'behind' && byte === COMMA) this.state = 'next';
    else throw new JsonArrayError('The metadata are no array of objects', false);
    return false;
  }

  /** Behind its last bracket; undefined when that has not come. */
  private endOfObject(piece: Buffer, from: number): number | undefined {
    for (let at = from; at < piece.length; at += 1) {
      if (this.inText) {
        at = this.endOfText(piece, at);
        continue;
      }
      const byte = piece[at];
      if (byte === QUOTE) this.inText = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        this.depth -= 1;
        if (this.depth === 0) return at + 1;
      }
    }
    return undefined;
  }

  /** Where its quote stands, or the piece ends. */
  private endOfText(piece: Buffer, from: number): number {
    for (let at = from; at < piece.length; at += 1) {
      const byte = piece[at];
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === QUOTE) {
        this.inText = false;
        return at;
      }
    }
    return piece.length;
  }

  private keep(piece: Buffer): void {
    this.objectBytes += piece.length;
    if (this.objectBytes > this.limits.bytesOfObject) {
      throw new JsonArrayError('The metadata of an instance are too long', true);
    }
    this.pieces.push(piece);
  }

  private taken(): Buffer {
    const whole = Buffer.concat(this.pieces);
    this.pieces.length = 0;
    this.objectBytes = 0;
    this.state = 'behind';
    return whole;
  }
}
