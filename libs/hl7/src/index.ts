export {
  type Acknowledging,
  acknowledge,
  acknowledgeProcessing,
  rejectUnreadable,
} from './message/acknowledgement.js';
export { asksForProcessing, type Outcome } from './message/acknowledgement-modes.js';
export { type Charset, type DecodedMessage, decodeMessage, encodeText } from './message/charset.js';
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
export { FrameReader, frameOf } from './mllp/frame-reader.js';
export { MllpClient } from './mllp/mllp-client.js';
export type { MllpOptions, MllpTrouble, ReceiveFrame, Reply } from './mllp/mllp-options.js';
export { MllpServer } from './mllp/mllp-server.js';
