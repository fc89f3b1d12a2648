/** Specific Character Set (0008,0005) defined terms without code extensions, and the encodings they mean (PS3.3 C.12.1.1.2). */
export const SINGLE_SETS: Readonly<Record<string, string>> = {
  '': 'us-ascii',
  'ISO_IR 6': 'us-ascii',
  'ISO 2022 IR 6': 'us-ascii',
  'ISO_IR 100': 'latin1',
  'ISO 2022 IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO 2022 IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO 2022 IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO 2022 IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO 2022 IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO 2022 IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO 2022 IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO 2022 IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254',
  'ISO 2022 IR 148': 'windows-1254',
  'ISO_IR 203': 'iso-8859-15',
  'ISO 2022 IR 203': 'iso-8859-15',
  'ISO_IR 166': 'windows-874',
  'ISO 2022 IR 166': 'windows-874',
  'ISO_IR 13': 'shift_jis',
  'ISO 2022 IR 13': 'shift_jis',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gb18030',
};

/** The same term however devices space it: `ISO IR 192`, `ISO-IR 192` and `iso_ir192` are met. */
export const definedTerm = (written: string): string =>
  written
    .trim()
    .toUpperCase()
    .replace(/^ISO[ _-]?2022[ _-]?IR[ _-]?(?=\d)/, 'ISO 2022 IR ')
    .replace(/^ISO[ _-]?IR[ _-]?(?=\d)/, 'ISO_IR ');

/** Two-byte sets whose escape sequence designates them to G1 (PS3.3 table C.12-4); devices forget the sequence. */
export const TWO_BYTE_G1: Readonly<Record<string, string>> = {
  'ISO 2022 IR 58': 'gb18030',
  'ISO 2022 IR 149': 'euc-kr',
};

export interface EscapeSequence {
  readonly sequence: string;
  readonly encoding: string;
  /** Two bytes in G0 whose high bits the encoding's own form sets. */
  readonly doubled?: boolean;
  /** JIS X 0212, whose characters EUC-JP begins with 8F. */
  readonly supplementary?: boolean;
}

/** Escape sequences of code extensions (PS3.3 tables C.12-3 and C.12-4) and the encoding of the bytes that follow. */
export const ESCAPES: readonly EscapeSequence[] = [
  { sequence: '\x1b(B', encoding: 'us-ascii' },
  { sequence: '\x1b(J', encoding: 'shift_jis' },
  { sequence: '\x1b)I', encoding: 'shift_jis' },
  { sequence: '\x1b-A', encoding: 'latin1' },
  { sequence: '\x1b-B', encoding: 'iso-8859-2' },
  { sequence: '\x1b-C', encoding: 'iso-8859-3' },
  { sequence: '\x1b-D', encoding: 'iso-8859-4' },
  { sequence: '\x1b-L', encoding: 'iso-8859-5' },
  { sequence: '\x1b-G', encoding: 'iso-8859-6' },
  { sequence: '\x1b-F', encoding: 'iso-8859-7' },
  { sequence: '\x1b-H', encoding: 'iso-8859-8' },
  { sequence: '\x1b-M', encoding: 'windows-1254' },
  { sequence: '\x1b-b', encoding: 'iso-8859-15' },
  { sequence: '\x1b-T', encoding: 'windows-874' },
  { sequence: '\x1b$B', encoding: 'euc-jp', doubled: true },
  { sequence: '\x1b$(D', encoding: 'euc-jp', doubled: true, supplementary: true },
  { sequence: '\x1b$)C', encoding: 'euc-kr' },
  { sequence: '\x1b$)A', encoding: 'gb18030' },
];
