export {
  type Acknowledging,
  acknowledge,
  acknowledgeProcessing,
  rejectUnreadable,
} from './message/acknowledgement.js';
export { asksForProcessing, type Outcome } from './message/acknowledgement-modes.js';
export { type Charset, type DecodedMessage, declaredCharset, decodeMessage, encodeText } from './message/charset.js';
export { type ErrorCode, type MessageError, segmentsOfErrors } from './message/error-segment.js';
export { escapeText, unescapeText } from './message/escapes.js';
export { type FieldPath, readFieldPath } from './message/field-path.js';
export { findSegment } from './message/find-segment.js';
export { type Header, readHeader } from './message/header.js';
export {
  leafOf,
  type Message,
  parseMessage,
  readValue,
  repetitionsOf,
  type Segment,
  type Value,
} from './message/message.js';
export { readSeparators, type Separators } from './message/separators.js';
export { readTimestamp } from './message/timestamp.js';
export { type Answer, writeAnswer } from './message/write-answer.js';
export { type WrittenValue, writeField } from './message/write-field.js';
export { FrameReader, frameOf } from './mllp/frame-reader.js';
export { MllpClient } from './mllp/mllp-client.js';
export type { MllpOptions, MllpPeer, MllpTrouble, ReceiveFrame, Reply } from './mllp/mllp-options.js';
export { MllpServer } from './mllp/mllp-server.js';
export { SECURE_MLLP } from './mllp/secure-mllp.js';
export { birthOrderIn, firstOf, motherIn } from './patient/birth.js';
export { type Components, valuesAt } from './patient/components.js';
export { addressesIn, phonesIn } from './patient/contacts.js';
export { namesIn } from './patient/names.js';
export { numberIn, otherNumbers, type SaidNumber } from './patient/numbers.js';
export { ADDRESS_USES, MULTIPLE_BIRTHS, meaningOf, SEXES } from './patient/patient-codes.js';
