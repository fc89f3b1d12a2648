import { type AcknowledgementCode, codeOfProcessing, codeOfReceipt, type Outcome } from './acknowledgement-modes.js';
import { encodeText } from './charset.js';
import { escapeText } from './escapes.js';
import type { Header } from './header.js';

export interface Acknowledging {
  readonly outcome: Outcome;
  /** MSA-3, for the sender's log: what is wrong, without a value of the message. */
  readonly text?: string;
  readonly at: Date;
  /** MSH-10 of the acknowledgement. */
  readonly controlId: string;
}

/**
 * The answer to the receipt of a message; undefined when the sender asked for none. Original mode answers AA, AE or AR; enhanced
 * mode (MSH-15 or MSH-16 valued) answers CA, CE or CR: that the message is kept, not what it led to (HL7 2.5.1 section 2.9).
 */
export function acknowledge(header: Header, acknowledging: Acknowledging): Buffer | undefined {
  const code = codeOfReceipt(header, acknowledging.outcome);
  return code && written(header, code, acknowledging, []);
}

/**
 * What a message led to, AA, AE or AR, as a message of its own that asks for no answer in turn; undefined when the sender did
 * not ask for it in MSH-16 (HL7 2.5.1 section 2.9.3).
 */
export function acknowledgeProcessing(header: Header, acknowledging: Acknowledging): Buffer | undefined {
  const code = codeOfProcessing(header, acknowledging.outcome);
  return code && written(header, code, acknowledging, ['', '', 'NE', 'NE']);
}

/** @param conditions MSH-13 to MSH-16 */
function written(
  header: Header,
  code: AcknowledgementCode,
  { text, at, controlId }: Acknowledging,
  conditions: readonly string[],
): Buffer {
  const { message } = header;
  const { field, component, repetition, escape: mark, subcomponent } = message.separators;
  const trigger = header.type.split('^')[1];
  const isPlain = header.charset === 'us-ascii';
  const lines = [
    [
      'MSH',
      [component, repetition, mark, subcomponent].join(''),
      header.receivingApplication,
      header.receivingFacility,
      header.sendingApplication,
      header.sendingFacility,
      timestampOf(at),
      '',
      trigger === undefined ? 'ACK' : ['ACK', trigger, 'ACK'].join(component),
      controlId,
      header.processingId || 'P',
      header.version || '2.4',
      ...(isPlain ? conditions : [0, 1, 2, 3].map((place) => conditions[place] ?? '')),
      ...(isPlain ? [] : ['', CHARSET_NAMES[header.charset]]),
    ],
    ['MSA', code, header.controlId, ...(text === undefined ? [] : [escapeText(text, message.separators)])],
  ];
  return encodeText(lines.map((fields) => `${fields.join(field)}\r`).join(''), header.charset);
}

/** HL7 table 0211. */
const CHARSET_NAMES = { 'us-ascii': '', 'utf-8': 'UNICODE UTF-8', gb18030: 'GB 18030-2000' } as const;

/** `YYYYMMDDHHMMSS+0000`. */
const timestampOf = (at: Date) => `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`;

/** The answer to bytes that have no readable header: there is nobody to name and no control id to repeat. */
export const rejectUnreadable = ({ text, at, controlId }: Omit<Acknowledging, 'outcome'>): Buffer =>
  Buffer.from(`MSH|^~\\&|||||${timestampOf(at)}||ACK|${controlId}|P|2.4\rMSA|AR||${text ?? ''}\r`, 'latin1');
