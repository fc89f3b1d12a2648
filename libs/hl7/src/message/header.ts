import { type Charset, decodeMessage } from './charset.js';
import { type Message, parseMessage } from './message.js';

/** Of a header so much is read; those of real senders have some hundred bytes. */
const LONGEST_HEADER = 4_096;

/** What acknowledging needs of a message (HL7 2.5.1 section 2.15.9). Values are as they stand in the message, escaped. */
export interface Header {
  readonly message: Message;
  readonly charset: Charset;
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  readonly receivingApplication: string;
  readonly receivingFacility: string;
  /** `ADT^A01`; the message structure is left out. */
  readonly type: string;
  readonly controlId: string;
  readonly processingId: string;
  readonly version: string;
  /** MSH-15 and MSH-16: when not empty, acknowledgement is in enhanced mode. */
  readonly acceptAcknowledgement: string;
  readonly applicationAcknowledgement: string;
}

/** Undefined when the bytes do not begin with a header. */
export function readHeader(bytes: Buffer): Header | undefined {
  const start = bytes.findIndex((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf].includes(byte));
  const from = Math.max(start, 0);
  const end = bytes.subarray(from, from + LONGEST_HEADER).findIndex((byte) => byte === 0x0d || byte === 0x0a);
  const { text, charset } = decodeMessage(bytes.subarray(from, from + (end < 0 ? LONGEST_HEADER : end)));
  const message = parseMessage(text);
  if (message === undefined) return undefined;
  const { component } = message.separators;
  const field = (number: number) => (message.segments[0]?.fields[number] ?? '').trim();
  const [code = '', trigger = ''] = component === '' ? [field(9)] : field(9).split(component);
  return {
    message,
    charset,
    sendingApplication: field(3),
    sendingFacility: field(4),
    receivingApplication: field(5),
    receivingFacility: field(6),
    type: trigger === '' ? code : `${code}^${trigger}`,
    controlId: field(10),
    processingId: field(11),
    version: field(12),
    acceptAcknowledgement: field(15),
    applicationAcknowledgement: field(16),
  };
}
