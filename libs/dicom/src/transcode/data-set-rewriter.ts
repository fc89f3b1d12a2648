import {
  type ElementHead,
  type Encoding,
  hasLongLength,
  headBytesOf,
  ITEM,
  ITEM_END,
  LONG_HEAD_BYTES,
  readHead,
  SEQUENCE_END,
  SHORT_HEAD_BYTES,
  UNDEFINED_LENGTH,
  writeHead,
} from '../scan/element-head.js';
import { impliedVrOf } from './implied-vr.js';
import { SwappedWords, wordBytesOf } from './swapped-words.js';

/** The data set cannot be brought into that transfer syntax. */
export class NotTranscodable extends Error {
  override readonly name = 'NotTranscodable';
}

const BITS_ALLOCATED = 0x00280100;
const PIXEL_REPRESENTATION = 0x00280103;
/** What a length of 16 bits can say of a value, which is even (PS3.5 section 6.2.2 note 2). */
const LONGEST_SHORT_BYTES = 65_534;
const PIXEL_DATA = 0x7fe00010;
const DEEPEST = 64;
const IMPLICIT: Encoding = { explicit: false, bigEndian: false };

interface Level {
  readonly kind: 'data-set' | 'sequence' | 'item';
  /** Where its bytes end, when its length said so. */
  readonly end: number | undefined;
  /** Inside of an element of VR UN: implicit VR little endian as it is (PS3.5 section 6.2.2 note 4). */
  readonly isUnknown: boolean;
  bitsAllocated: number;
  isSigned: boolean;
}

interface CurrentValue {
  readonly tag: number;
  readonly words: SwappedWords;
  remaining: number;
}

/**
 * Writes a data set anew in little endian, explicit or implicit, while its bytes arrive in pieces of any size. Values stay the same
 * as numbers and texts; from implicit VR, elements get the VR that the dictionary knows, and what it does not know is UN. Sequences and items get undefined lengths, and group lengths are left out, since both
 * would have to be known before their bytes are. Holds no more than a head. Throws a NotTranscodable.
 */
export class DataSetRewriter {
  private readonly levels: Level[] = [
    { kind: 'data-set', end: undefined, isUnknown: false, bitsAllocated: 0, isSigned: false },
  ];
  private head: Buffer = Buffer.alloc(0);
  private value: CurrentValue | undefined;
  private position = 0;
  private written: Buffer[] = [];

  constructor(
    private readonly source: Encoding,
    private readonly target: { readonly explicit: boolean },
  ) {}

  write(bytes: Buffer): Buffer {
    for (let rest = bytes; rest.length > 0; ) {
      const taken = this.value === undefined ? this.takeHead(rest) : this.takeValue(this.value, rest);
      rest = rest.subarray(taken);
    }
    const written = Buffer.concat(this.written);
    this.written = [];
    return written;
  }

  /** Call it when all bytes were written. */
  end(): void {
    if (this.value !== undefined || this.head.length > 0 || this.levels.length > 1)
      throw new NotTranscodable('The data set is cut off');
  }

  private get level(): Level {
    const level = this.levels.at(-1);
    if (level === undefined) throw new NotTranscodable('The data set ends more items than it begins');
    return level;
  }

  private takeHead(bytes: Buffer): number {
    const encoding = this.level.isUnknown ? IMPLICIT : this.source;
    const before = this.head.length;
    const known = Buffer.concat([this.head, bytes.subarray(0, LONG_HEAD_BYTES - before)]);
    const needed = known.length < SHORT_HEAD_BYTES ? SHORT_HEAD_BYTES : headBytesOf(known, encoding);
    this.head = known.subarray(0, needed);
    const taken = this.head.length - before;
    this.position += taken;
    if (this.head.length < needed) return taken;
    const head = readHead(this.head, encoding);
    this.head = Buffer.alloc(0);
    if (head.tag === ITEM || head.tag === ITEM_END || head.tag === SEQUENCE_END) this.delimit(head);
    else this.begin(head, encoding);
    this.leaveEnded();
    return taken;
  }

  private begin({ tag, vr: said, length }: ElementHead, { explicit }: Encoding): void {
    const { level } = this;
    if (level.kind === 'sequence' || (explicit && !/^[A-Z]{2}$/.test(said)))
      throw new NotTranscodable('The data set has something else where an element should be');
    const vr = explicit || level.isUnknown ? said : this.impliedVr(tag, length);
    const isSequence = vr === 'SQ' || length === UNDEFINED_LENGTH;
    if (isSequence && explicit && vr !== 'SQ' && vr !== 'UN')
      throw new NotTranscodable('The data set has a value of undefined length that is no sequence');
    const isLeftOut = (tag & 0xffff) === 0;
    const writtenVr = this.target.explicit ? vr : '';
    if (isSequence) {
      this.written.push(writeHead({ tag, vr: writtenVr, length: UNDEFINED_LENGTH }));
      this.enter('sequence', length, level.isUnknown || vr === 'UN');
      return;
    }
    this.endOf(length);
    if (!isLeftOut) this.written.push(writeHead({ tag, vr: writtenVr, length }));
    this.value = { tag: isLeftOut ? 0 : tag, words: new SwappedWords(this.wordBytes(tag, vr)), remaining: length };
    if (length === 0) this.value = undefined;
  }

  private impliedVr(tag: number, length: number): string {
    const vr = impliedVrOf(tag, this.level.isSigned);
    if (length === UNDEFINED_LENGTH) return vr === 'SQ' ? vr : 'UN';
    // PS3.5 section 6.2.2 note 2.
    return length > LONGEST_SHORT_BYTES && !hasLongLength(vr) ? 'UN' : vr;
  }

  /** Pixels of 32 and 64 bits are numbers of that size in words of 16 (PS3.5 annex A.3), as toolkits write them. */
  private wordBytes(tag: number, vr: string): number {
    if (!this.source.bigEndian) return 1;
    const { bitsAllocated } = this.level;
    return tag === PIXEL_DATA && vr === 'OW' && (bitsAllocated === 32 || bitsAllocated === 64)
      ? bitsAllocated / 8
      : wordBytesOf(vr);
  }

  private takeValue(value: CurrentValue, bytes: Buffer): number {
    const piece = bytes.subarray(0, value.remaining);
    this.position += piece.length;
    value.remaining -= piece.length;
    const isOver = value.remaining === 0;
    const turned = value.words.write(piece);
    this.writeValue(value.tag, isOver ? Buffer.concat([turned, value.words.end()]) : turned);
    if (isOver) {
      this.value = undefined;
      this.leaveEnded();
    }
    return piece.length;
  }

  private writeValue(tag: number, bytes: Buffer): void {
    if (tag === 0) return;
    if (tag === BITS_ALLOCATED && bytes.length > 0)
      this.level.bitsAllocated = bytes.readUIntLE(0, Math.min(bytes.length, 2));
    // Its value is 0 or 1, in the lower of two bytes, which may come by themselves.
    if (tag === PIXEL_REPRESENTATION && bytes.includes(1)) this.level.isSigned = true;
    this.written.push(bytes);
  }

  private delimit({ tag, length }: ElementHead): void {
    const { level } = this;
    const isExpected = tag === ITEM ? level.kind === 'sequence' : level.end === undefined;
    if (tag === ITEM && isExpected) {
      this.written.push(writeHead({ tag, vr: '', length: UNDEFINED_LENGTH }));
      this.enter('item', length, level.isUnknown);
    } else if (isExpected && level.kind === (tag === ITEM_END ? 'item' : 'sequence')) {
      this.leave();
    } else throw new NotTranscodable('The data set has an item or a delimiter where none can be');
  }

  private enter(kind: 'sequence' | 'item', length: number, isUnknown: boolean): void {
    if (this.levels.length > DEEPEST) throw new NotTranscodable('The data set has too many sequences in one another');
    const { isSigned } = this.level;
    this.levels.push({ kind, end: this.endOf(length), isUnknown, bitsAllocated: 0, isSigned });
  }

  /** Where something of that length ends, within what surrounds it. */
  private endOf(length: number): number | undefined {
    if (length === UNDEFINED_LENGTH) return undefined;
    const end = this.position + length;
    const outer = this.levels.findLast((level) => level.end !== undefined)?.end;
    if (outer !== undefined && end > outer) throw new NotTranscodable('The data set has lengths that do not fit');
    return end;
  }

  private leaveEnded(): void {
    while (this.value === undefined && this.level.end === this.position) this.leave();
  }

  private leave(): void {
    const tag = this.level.kind === 'item' ? ITEM_END : SEQUENCE_END;
    this.written.push(writeHead({ tag, vr: '', length: 0 }));
    this.levels.pop();
  }
}
