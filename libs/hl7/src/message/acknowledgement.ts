import { type AcknowledgementCode, codeOfProcessing, codeOfReceipt, type Outcome } from './acknowledgement-modes.js';
import { type MessageError, segmentsOfErrors } from './error-segment.js';
import type { Header } from './header.js';
import { timestampOf, writeAnswer } from './write-answer.js';

export interface Acknowledging {
  readonly outcome: Outcome;
  /** MSA-3, for the sender's log: what is wrong, without a value of the message. */
  readonly text?: string;
  /** Where it is wrong. */
  readonly errors?: readonly MessageError[];
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
  return code && writeAnswer(header, acknowledgementOf(header, code, acknowledging));
}

/**
 * What a message led to, AA, AE or AR, as a message of its own that asks for no answer in turn; undefined when the sender did
 * not ask for it in MSH-16 (HL7 2.5.1 section 2.9.3).
 */
export function acknowledgeProcessing(header: Header, acknowledging: Acknowledging): Buffer | undefined {
  const code = codeOfProcessing(header, acknowledging.outcome);
  return code && writeAnswer(header, { ...acknowledgementOf(header, code, acknowledging), conditions: NO_ANSWER });
}

/** MSH-13 to MSH-16. */
const NO_ANSWER = ['', '', 'NE', 'NE'];

function acknowledgementOf(header: Header, code: AcknowledgementCode, { errors = [], ...said }: Acknowledging) {
  const trigger = header.type.split('^')[1];
  const type = trigger === undefined ? ['ACK'] : ['ACK', trigger, 'ACK'];
  return { ...said, code, type, segments: segmentsOfErrors(header, errors) };
}

/** The answer to bytes that have no readable header: there is nobody to name and no control id to repeat. */
export const rejectUnreadable = ({ text, at, controlId }: Omit<Acknowledging, 'outcome'>): Buffer =>
  Buffer.from(`MSH|^~\\&|||||${timestampOf(at)}||ACK|${controlId}|P|2.4\rMSA|AR||${text ?? ''}\r`, 'latin1');
