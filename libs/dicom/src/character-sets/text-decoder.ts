import { TextDecoder } from 'node:util';
import { ESCAPES, SINGLE_SETS } from './defined-terms.js';

export interface DecodedText {
  readonly text: string;
  /** The declared character set could not be right, so UTF-8 or GB18030 was used instead. */
  readonly guessed: boolean;
}

export type DecodeText = (bytes: Uint8Array) => DecodedText;

const decoders = new Map<string, TextDecoder>();

function decoderOf(encoding: string, fatal = false): TextDecoder {
  const name = `${encoding}:${fatal}`;
  const known = decoders.get(name);
  if (known !== undefined) return known;
  const made = new TextDecoder(encoding, { fatal });
  decoders.set(name, made);
  return made;
}

const isAscii = (bytes: Uint8Array) => bytes.every((byte) => byte < 0x80);

/**
 * How text of a data set is read, by its Specific Character Set (0008,0005) with backslashes between values (PS3.5
 * chapter 6). Chinese devices often declare nothing or Latin-1 over UTF-8 or GB18030 bytes; those are recognised, read as
 * what they are, and marked as guessed.
 */
export function textDecoderFor(specificCharacterSet: string): DecodeText {
  const terms = specificCharacterSet.split('\\').map((term) => term.trim().replace(/^ISO[ _]IR[ _]/, 'ISO_IR '));
  const encoding = SINGLE_SETS[terms[0] ?? ''];
  const extended = terms.length > 1 || /^ISO 2022/.test(terms[0] ?? '');
  return (bytes) => {
    if (bytes.includes(0x1b) && (extended || encoding === undefined)) {
      return { text: decodeWithEscapes(bytes, encoding ?? 'us-ascii'), guessed: encoding === undefined };
    }
    if (isAscii(bytes) && encoding !== 'shift_jis') return { text: decoderOf('utf-8').decode(bytes), guessed: false };
    if (encoding === undefined || encoding === 'us-ascii' || (encoding === 'latin1' && !extended)) {
      return guess(bytes, encoding);
    }
    try {
      return { text: decoderOf(encoding, true).decode(bytes), guessed: false };
    } catch {
      return guess(bytes, encoding);
    }
  };
}

/** Bytes above ASCII that were not declared, or declared as what Chinese devices declare by habit. */
function guess(bytes: Uint8Array, declared: string | undefined): DecodedText {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = decoderOf(encoding, true).decode(bytes);
      if (encoding === 'utf-8' || declared !== 'latin1' || looksChinese(text)) return { text, guessed: true };
    } catch {
      // Not this one.
    }
  }
  return { text: decoderOf('latin1').decode(bytes), guessed: declared !== 'latin1' };
}

/** Latin-1 names such as Müller decode as GB18030 too, into rare characters beside Latin letters. */
const looksChinese = (text: string) =>
  /^[\u4e00-\u9fff\x20-\x7e]+$/.test(text) && !/[a-z][\u4e00-\u9fff]|[\u4e00-\u9fff][a-z]/.test(text);

/** Code extension (ISO/IEC 2022 as PS3.5 section 6.1.2.5 restricts it): runs of bytes, each after an escape sequence. */
function decodeWithEscapes(bytes: Uint8Array, initial: string): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  let active: { encoding: string; doubled?: boolean } = { encoding: initial };
  let text = '';
  for (let at = 0; at < latin.length; ) {
    const found = ESCAPES.find(({ sequence }) => latin.startsWith(sequence, at));
    if (found !== undefined) {
      active = found;
      at += found.sequence.length;
      continue;
    }
    const next = latin.indexOf('\x1b', at + 1);
    const end = next < 0 ? latin.length : next;
    text += decodeRun(bytes.subarray(at, end), active);
    at = end;
  }
  return text;
}

function decodeRun(run: Uint8Array, active: { encoding: string; doubled?: boolean }): string {
  // JIS X 0208 in G0 is EUC-JP with the high bits off.
  const bytes = active.doubled ? run.map((byte) => (byte > 0x20 ? byte | 0x80 : byte)) : run;
  return decoderOf(active.encoding === 'us-ascii' ? 'latin1' : active.encoding).decode(bytes);
}
