import { encodeText } from './charset.js';
import { escapeText } from './escapes.js';
import type { Header } from './header.js';

/** What became of a message: taken, not taken this time, never to be taken as it is. */
export type Outcome = 'accepted' | 'error' | 'rejected';

const ORIGINAL = { accepted: 'AA', error: 'AE', rejected: 'AR' } as const;
const ENHANCED = { accepted: 'CA', error: 'CE', rejected: 'CR' } as const;

/** Which outcomes MSH-15 and MSH-16 ask to hear of (HL7 table 0155); all for any other value. */
const WANTED: Readonly<Record<string, readonly Outcome[]>> = {
  NE: [],
  SU: ['accepted'],
  ER: ['error', 'rejected'],
};

export interface Acknowledging {
  readonly outcome: Outcome;
  /** MSA-3, for the sender's log: what is wrong, without a value of the message. */
  readonly text?: string;
  readonly at: Date;
  /** MSH-10 of the acknowledgement. */
  readonly controlId: string;
}

/**
 * The answer to a message; undefined when the sender asked for none. Original mode answers AA, AE or AR; enhanced mode (MSH-15
 * or MSH-16 valued) answers CA, CE or CR: an answer here says that the message is kept, not what it led to (HL7 2.5.1 section 2.9).
 */
export function acknowledge(header: Header, { outcome, text, at, controlId }: Acknowledging): Buffer | undefined {
  const { acceptAcknowledgement: asked, applicationAcknowledgement, message } = header;
  const isEnhanced = asked !== '' || applicationAcknowledgement !== '';
  const isWanted = (condition: string) => WANTED[condition]?.includes(outcome) !== false;
  // A sender that wants to hear by application acknowledgement only hears so that its message is kept.
  const byApplication = isEnhanced && !isWanted(asked);
  if (byApplication && (applicationAcknowledgement === '' || !isWanted(applicationAcknowledgement))) return undefined;
  const { field, component, repetition, escape: mark, subcomponent } = message.separators;
  const trigger = header.type.split('^')[1];
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
      ...(header.charset === 'us-ascii' ? [] : ['', '', '', '', '', CHARSET_NAMES[header.charset]]),
    ],
    [
      'MSA',
      (isEnhanced && !byApplication ? ENHANCED : ORIGINAL)[outcome],
      header.controlId,
      ...(text === undefined ? [] : [escapeText(text, message.separators)]),
    ],
  ];
  return encodeText(lines.map((fields) => `${fields.join(field)}\r`).join(''), header.charset);
}

/** HL7 table 0211. */
const CHARSET_NAMES = { 'utf-8': 'UNICODE UTF-8', gb18030: 'GB 18030-2000' } as const;

/** `YYYYMMDDHHMMSS+0000`. */
const timestampOf = (at: Date) => `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`;

/** The answer to bytes that have no readable header: there is nobody to name and no control id to repeat. */
export const rejectUnreadable = ({ text, at, controlId }: Omit<Acknowledging, 'outcome'>): Buffer =>
  Buffer.from(`MSH|^~\\&|||||${timestampOf(at)}||ACK|${controlId}|P|2.4\rMSA|AR||${text ?? ''}\r`, 'latin1');
