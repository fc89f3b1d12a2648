/** Bytes of one number in values of a VR (PS3.5 section 6.2); values of all other VRs are the same in either order of bytes. */
const WORD_BYTES: Readonly<Record<string, number>> = {
  AT: 2,
  OW: 2,
  SS: 2,
  US: 2,
  FL: 4,
  OF: 4,
  OL: 4,
  SL: 4,
  UL: 4,
  FD: 8,
  OD: 8,
  OV: 8,
  SV: 8,
  UV: 8,
};

export const wordBytesOf = (vr: string): number => WORD_BYTES[vr] ?? 1;

/** Turns the bytes of each number round while a value streams by, in pieces of any size. */
export class SwappedWords {
  private rest: Buffer = Buffer.alloc(0);

  /** @param wordBytes 1, 2, 4 or 8 */
  constructor(private readonly wordBytes: number) {}

  /** What is whole of it. The caller's bytes stay as they are. */
  write(bytes: Buffer): Buffer {
    if (this.wordBytes === 1) return bytes;
    const all = Buffer.concat([this.rest, bytes]);
    const wholeBytes = all.length - (all.length % this.wordBytes);
    this.rest = all.subarray(wholeBytes);
    return swapped(all.subarray(0, wholeBytes), this.wordBytes);
  }

  /** Bytes that are no whole number, as they came. */
  end(): Buffer {
    return this.rest;
  }
}

function swapped(words: Buffer, wordBytes: number): Buffer {
  if (wordBytes === 2) return words.swap16();
  return wordBytes === 4 ? words.swap32() : words.swap64();
}
