import {
  type Encoding,
  headBytesOf,
  ITEM,
  ITEM_END,
  isDelimiter,
  LONG_HEAD_BYTES,
  readHead,
  SEQUENCE_END,
  SHORT_HEAD_BYTES,
  UNDEFINED_LENGTH,
} from './element-head.js';

export interface WalkedElement {
  /** Group and element as one number, for instance 0x0020000d. */
  readonly tag: number;
  /** Where its tag stands, counted from the start of the data set. */
  readonly offset: number;
}

export interface ElementVisitor {
  /** Called at each element of the data set itself, not of its sequences. Returns whether the value is wanted. */
  element(element: WalkedElement): boolean;
  /** The value of a wanted element. */
  value(tag: number, value: Buffer): void;
}

const PIXEL_DATA = 0x7fe00010;
const LONGEST_WANTED_BYTES = 64 * 1024;
/** Sequences of undefined length in one another; no object of the standard comes near. */
const DEEPEST = 64;

interface Level {
  readonly kind: 'sequence' | 'item' | 'fragments';
  readonly encoding: Encoding;
}

/**
 * Walks over the elements of a data set as its bytes arrive, in pieces of any size. Values are passed over, so it costs the
 * same for any length; wanted ones are copied. It does not throw: where the bytes make no sense it is `lost` and looks no further.
 */
export class ElementWalker {
  private readonly head = Buffer.alloc(LONG_HEAD_BYTES);
  private headBytes = 0;
  private headNeeded = SHORT_HEAD_BYTES;
  private valueBytes = 0;
  private readonly levels: Level[] = [];
  private wanted: { tag: number; pieces: Buffer[] } | undefined;
  private position = 0;
  lost = false;

  constructor(
    private readonly encoding: Encoding,
    private readonly visitor: ElementVisitor,
  ) {}

  /** The bytes end within an element: some are missing. Zeros after the last element are padding. */
  get isCutShort(): boolean {
    if (this.lost) return false;
    return this.valueBytes > 0 || this.head.subarray(0, this.headBytes).some((byte) => byte !== 0);
  }

  write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length && !this.lost; ) {
      at += this.valueBytes > 0 ? this.takeValue(bytes, at) : this.takeHead(bytes, at);
    }
  }

  private takeValue(bytes: Buffer, at: number): number {
    const piece = bytes.subarray(at, at + this.valueBytes);
    this.wanted?.pieces.push(Buffer.from(piece));
    this.advance(piece.length);
    this.valueBytes -= piece.length;
    if (this.valueBytes === 0) this.endValue();
    return piece.length;
  }

  private endValue(): void {
    const { wanted } = this;
    this.wanted = undefined;
    if (wanted !== undefined) this.visitor.value(wanted.tag, Buffer.concat(wanted.pieces));
  }

  private takeHead(bytes: Buffer, at: number): number {
    const copied = bytes.copy(this.head, this.headBytes, at, at + this.headNeeded - this.headBytes);
    this.headBytes += copied;
    this.advance(copied);
    if (this.headBytes === SHORT_HEAD_BYTES) this.headNeeded = headBytesOf(this.head, this.levelEncoding);
    if (this.headBytes === this.headNeeded) this.endHead();
    return copied;
  }

  private advance(bytes: number): void {
    this.position += bytes;
  }

  private get level(): Level | undefined {
    return this.levels.at(-1);
  }

  private get levelEncoding(): Encoding {
    return this.level?.encoding ?? this.encoding;
  }

  private endHead(): void {
    const { level } = this;
    const { tag, vr, length } = readHead(this.head.subarray(0, this.headBytes), this.levelEncoding);
    const offset = this.position - this.headBytes;
    this.headBytes = 0;
    this.headNeeded = SHORT_HEAD_BYTES;
    if (vr !== '' && !/^[A-Z]{2}$/.test(vr)) this.lost = true;
    else if (isDelimiter(tag)) this.delimit(tag, length);
    else if (level !== undefined && level.kind !== 'item') this.lost = true;
    else this.begin(tag, vr, length, offset);
  }

  private begin(tag: number, vr: string, length: number, offset: number): void {
    const isWanted = this.levels.length === 0 && this.visitor.element({ tag, offset });
    if (length === UNDEFINED_LENGTH) {
      // UN of undefined length holds a sequence in implicit VR little endian (PS3.5 section 6.2.2 note 4).
      const encoding = vr === 'UN' ? { explicit: false, bigEndian: false } : this.levelEncoding;
      this.enter({ kind: tag === PIXEL_DATA && vr !== 'SQ' ? 'fragments' : 'sequence', encoding });
      return;
    }
    this.valueBytes = length;
    if (!isWanted || length > LONGEST_WANTED_BYTES) return;
    this.wanted = { tag, pieces: [] };
    if (length === 0) this.endValue();
  }

  private delimit(tag: number, length: number): void {
    const { level } = this;
    if (tag === ITEM && level !== undefined && level.kind !== 'item') {
      if (length !== UNDEFINED_LENGTH) this.valueBytes = length;
      else if (level.kind === 'sequence') this.enter({ kind: 'item', encoding: level.encoding });
      else this.lost = true;
    } else if (tag === ITEM_END && level?.kind === 'item') {
      this.levels.pop();
    } else if (tag === SEQUENCE_END && level !== undefined && level.kind !== 'item') {
      this.levels.pop();
    } else {
      this.lost = true;
    }
  }

  private enter(level: Level): void {
    if (this.levels.length >= DEEPEST) this.lost = true;
    else this.levels.push(level);
  }
}
