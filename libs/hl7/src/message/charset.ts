import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';

export type Charset = 'utf-8' | 'gb18030' | 'us-ascii';

export interface DecodedMessage {
  readonly text: string;
  readonly charset: Charset;
  /** Nothing usable was declared, or the bytes are not what was declared. */
  readonly guessed: boolean;
  /** No character set that is known reads the bytes: `text` has replacement characters. */
  readonly broken: boolean;
}

/** What HIS write in MSH-18 (HL7 table 0211, and what it is called by habit). */
const DECLARED: readonly [RegExp, Charset][] = [
  [/^(UNICODE[ _]*)?UTF-?8$/i, 'utf-8'],
  [/^GB[ _-]?(18030(-\d+)?|2312(-80)?|K|13000)?$/i, 'gb18030'],
  [/^(CP)?936$/i, 'gb18030'],
  [/^(US-?)?ASCII$/i, 'us-ascii'],
];

const strict = { 'utf-8': decoder('utf-8'), gb18030: decoder('gb18030') };

function decoder(encoding: string): (bytes: Uint8Array) => string | undefined {
  const fatal = new TextDecoder(encoding, { fatal: true });
  return (bytes) => {
    try {
      return fatal.decode(bytes);
    } catch {
      return undefined;
    }
  };
}

const isAscii = (bytes: Uint8Array) => bytes.every((byte) => byte < 0x80);

/**
 * Reads a message's bytes. It is read before it is split: the second byte of a GB18030 character may be that of `|`, `^`,
 * `~` or `\`.
 * @param told the sender's character set, when the hospital says so; it goes before what the message declares
 */
export function decodeMessage(bytes: Uint8Array, told?: Charset): DecodedMessage {
  if (isAscii(bytes)) {
    return { text: Buffer.from(bytes).toString('latin1'), charset: 'us-ascii', guessed: false, broken: false };
  }
  const declared = told ?? declaredCharset(bytes);
  const candidates: ('utf-8' | 'gb18030')[] = declared === 'gb18030' ? ['gb18030', 'utf-8'] : ['utf-8', 'gb18030'];
  for (const charset of candidates) {
    const text = strict[charset](bytes);
    if (text !== undefined) return { text, charset, guessed: charset !== declared, broken: false };
  }
  return { text: new TextDecoder('utf-8').decode(bytes), charset: 'utf-8', guessed: true, broken: true };
}

/** MSH-18 of a message in any of the known character sets, all of which contain ASCII. */
export function declaredCharset(bytes: Uint8Array): Charset | undefined {
  const end = bytes.findIndex((byte) => byte === 0x0d || byte === 0x0a);
  const header = bytes.subarray(0, end < 0 ? bytes.length : end);
  const text = strict['utf-8'](header) ?? strict.gb18030(header) ?? '';
  const [first = ''] = (text.split(text.charAt(3))[17] ?? '').split(/[~\\]/);
  return DECLARED.find(([pattern]) => pattern.test(first.trim()))?.[1];
}

/** Text in a sender's own character set. */
export const encodeText = (text: string, charset: Charset): Buffer =>
  iconv.encode(text, charset === 'gb18030' ? 'gb18030' : 'utf8');
