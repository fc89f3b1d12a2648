import type { AcknowledgementCode } from './acknowledgement-modes.js';
import { type Charset, encodeText } from './charset.js';
import { escapeText } from './escapes.js';
import type { Header } from './header.js';

export interface Answer {
  /** MSH-9 by its components. */
  readonly type: readonly string[];
  readonly code: AcknowledgementCode;
  /** MSA-3, for the sender's log: what is wrong, without a value of the message. */
  readonly text?: string;
  readonly at: Date;
  /** MSH-10 of the answer. */
  readonly controlId: string;
  /** MSH-13 to MSH-16. */
  readonly conditions?: readonly string[];
  /** Behind MSA; fields as they stand in the message, escaped. */
  readonly segments?: readonly (readonly string[])[];
  /** Of the answer; that of the header it answers when left out. */
  readonly charset?: Charset;
}

/** An answer in the sender's own separators and character set, back to where the message came from. */
export function writeAnswer(header: Header, answer: Answer): Buffer {
  const { message } = header;
  const { text, conditions = [], segments = [], charset = header.charset } = answer;
  const { field, component, repetition, escape: mark, subcomponent } = message.separators;
  const isPlain = charset === 'us-ascii';
  const lines = [
    [
      'MSH',
      [component, repetition, mark, subcomponent].join(''),
      header.receivingApplication,
      header.receivingFacility,
      header.sendingApplication,
      header.sendingFacility,
      timestampOf(answer.at),
      '',
      answer.type.join(component),
      answer.controlId,
      header.processingId || 'P',
      header.version || '2.4',
      ...(isPlain ? conditions : [0, 1, 2, 3].map((place) => conditions[place] ?? '')),
      ...(isPlain ? [] : ['', CHARSET_NAMES[charset]]),
    ],
    ['MSA', answer.code, header.controlId, ...(text === undefined ? [] : [escapeText(text, message.separators)])],
    ...segments,
  ];
  return encodeText(lines.map((fields) => `${fields.join(field)}\r`).join(''), charset);
}

/** HL7 table 0211. */
const CHARSET_NAMES = { 'us-ascii': '', 'utf-8': 'UNICODE UTF-8', gb18030: 'GB 18030-2000' } as const;

/** `YYYYMMDDHHMMSS+0000`. */
export const timestampOf = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`;
