import { ESCAPES, type EscapeSequence } from './defined-terms.js';
import { decodeAs } from './encodings.js';

export interface InitialSets {
  /** Of the bytes from 80 before any escape sequence, and again after each delimiter; null where there is none. */
  readonly highBytes: string | null;
  /** What high bytes are read as where none is in force: some devices write one escape sequence for a whole value. */
  readonly otherwise: string;
  /** Ends of the stretches that escape sequences hold for (PS3.5 section 6.1.2.5.3). */
  readonly delimiters: string;
}

export interface ExtendedText {
  readonly text: string;
  /** A high byte stood where no set for it was in force. */
  readonly outOfOrder: boolean;
}

/** Where code extensions end whatever the value representation is: TAB, LF, FF, CR. */
export const CONTROLS = '\t\n\f\r';
const hasHighByte = (bytes: Uint8Array) => bytes.some((byte) => byte >= 0x80);

/** Text with code extensions (ISO/IEC 2022 as PS3.5 section 6.1.2.5 restricts it). */
export function decodeExtended(bytes: Uint8Array, initial: InitialSets): ExtendedText {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  let [g0, g1]: [EscapeSequence | null, string | null] = [null, initial.highBytes];
  let text = '';
  let outOfOrder = false;
  const add = (from: number, to: number) => {
    const run = bytes.subarray(from, to);
    text += g0?.doubled ? decodeDoubled(run, g0, g1 ?? initial.otherwise) : decodeAs(g1 ?? initial.otherwise, run);
    if (g1 === null && hasHighByte(run)) outOfOrder = true;
  };
  let from = 0;
  for (let at = 0; at < latin.length; at += 1) {
    const found = latin[at] === '\x1b' ? ESCAPES.find(({ sequence }) => latin.startsWith(sequence, at)) : undefined;
    if (found !== undefined) {
      add(from, at);
      // Strictly a set for G1 leaves a two-byte one in G0 in force; writers take the last sequence for the only one.
      g0 = isForG0(found) ? found : null;
      if (g0 === null) g1 = found.encoding;
      from = at + found.sequence.length;
      at = from - 1;
    } else if (endsStretch(latin, at, g0, g1 ?? initial.otherwise, initial.delimiters)) {
      add(from, at);
      [g0, g1, from] = [null, initial.highBytes, at];
    }
  }
  add(from, latin.length);
  return { text, outOfOrder };
}

const isForG0 = ({ sequence }: EscapeSequence) => ['(', '$B', '$('].some((kind) => sequence.startsWith(kind, 1));

/** Half of a character is no delimiter: two-byte sets in G0 have nothing else, and GBK has them after a lone high byte. */
function endsStretch(latin: string, at: number, g0: EscapeSequence | null, high: string, delimiters: string): boolean {
  const sign = latin[at] ?? '';
  if (CONTROLS.includes(sign)) return true;
  if (g0?.doubled || !delimiters.includes(sign)) return false;
  if (high !== 'gb18030') return true;
  let from = at;
  while (from > 0 && (latin[from - 1] ?? '') >= '\x80') from -= 1;
  return (at - from) % 2 === 0;
}

/** JIS X 0208 and 0212 in G0 are EUC-JP with the high bits off; what stands in G1 may come between. */
function decodeDoubled(run: Uint8Array, { encoding, supplementary }: EscapeSequence, g1: string): string {
  let text = '';
  for (let from = 0, to = 0; from < run.length; from = to) {
    const isHigh = (run[from] ?? 0) >= 0x80;
    while (to < run.length && (run[to] ?? 0) >= 0x80 === isHigh) to += 1;
    const part = run.subarray(from, to);
    text += isHigh ? decodeAs(g1, part) : decodeAs(encoding, eucOf(part, supplementary === true));
  }
  return text;
}

function eucOf(part: Uint8Array, supplementary: boolean): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < part.length; at += 1) {
    const byte = part[at] ?? 0;
    if (byte <= 0x20) bytes.push(byte);
    else {
      if (supplementary) bytes.push(0x8f);
      bytes.push(byte | 0x80, (part[at + 1] ?? 0) | 0x80);
      at += 1;
    }
  }
  return Uint8Array.from(bytes);
}
