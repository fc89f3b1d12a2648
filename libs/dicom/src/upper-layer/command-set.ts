import { ABORT, UpperLayerError } from './pdu.js';
import type { Status } from './status.js';

/** Command fields (PS3.7 annex E). */
export const COMMAND = {
  store: 0x0001,
  get: 0x0010,
  find: 0x0020,
  move: 0x0021,
  echo: 0x0030,
  eventReport: 0x0100,
  set: 0x0120,
  action: 0x0130,
  create: 0x0140,
  cancel: 0x0fff,
  responseBit: 0x8000,
} as const;

export const PRIORITY = { medium: 0x0000, high: 0x0001, low: 0x0002 } as const;

const NO_DATA_SET = 0x0101;
const SOME_DATA_SET = 0x0000;
const COMMENT_CHARACTERS = 64;
const LARGEST_COUNT = 0xffff;
const TAG = {
  groupLength: 0x0000,
  affectedSopClass: 0x0002,
  requestedSopClass: 0x0003,
  commandField: 0x0100,
  messageId: 0x0110,
  respondedTo: 0x0120,
  moveDestination: 0x0600,
  priority: 0x0700,
  dataSetType: 0x0800,
  status: 0x0900,
  errorComment: 0x0902,
  affectedSopInstance: 0x1000,
  requestedSopInstance: 0x1001,
  eventType: 0x1002,
  actionType: 0x1008,
  remaining: 0x1020,
  completed: 0x1021,
  failed: 0x1022,
  warning: 0x1023,
  originatorTitle: 0x1030,
  originatorMessageId: 0x1031,
} as const;

/** The elements of a command set that are read (PS3.7 sections 9.3 and 10.3). */
export interface Command {
  readonly commandField: number;
  readonly messageId: number;
  readonly hasDataSet: boolean;
  /** Affected or Requested SOP Class UID, whichever the operation has. */
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** Action Type ID or Event Type ID. */
  readonly typeId: number | undefined;
  /** The AE title that C-MOVE sends to. */
  readonly moveDestination: string;
  /** Priority (0000,0700) of a composite operation: medium, high or low (PS3.7 section 9.3). */
  readonly priority: number;
  /** Message ID Being Responded To and Status, of a response. */
  readonly respondedTo: number;
  readonly status: number;
  /** Error Comment: what the peer says of its status. */
  readonly comment: string;
  /** Of C-MOVE and C-GET; a count that the peer leaves out is zero. */
  readonly subOperations: SubOperations;
}

/** How many instances of a retrieval are to come, and came (PS3.7 section 9.3.3.2 and 9.3.4.2). */
export interface SubOperations {
  readonly remaining: number;
  readonly completed: number;
  readonly failed: number;
  readonly warning: number;
}

/** Reads a command set: implicit VR little endian, group 0000 only (PS3.7 section 6.3.1). */
export function parseCommand(bytes: Buffer): Command {
  const values = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw malformed('A command element is cut short');
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) throw malformed('A command element is longer than its command');
    if (bytes.readUInt16LE(at) !== 0) throw malformed('A command has an element outside group 0000');
    values.set(bytes.readUInt16LE(at + 2), bytes.subarray(at + 8, end));
    at = end;
  }
  const number = (tag: number) => {
    const value = values.get(tag);
    return value === undefined || value.length < 2 ? undefined : value.readUInt16LE(0);
  };
  const text = (tag: number) => (values.get(tag)?.toString('latin1') ?? '').replace(/[\0 ]+$/, '').trim();
  const commandField = number(TAG.commandField);
  if (commandField === undefined) throw malformed('A command does not say what it is');
  return {
    commandField,
    messageId: number(TAG.messageId) ?? 0,
    hasDataSet: (number(TAG.dataSetType) ?? NO_DATA_SET) !== NO_DATA_SET,
    sopClassUid: text(TAG.affectedSopClass) || text(TAG.requestedSopClass),
    sopInstanceUid: text(TAG.affectedSopInstance) || text(TAG.requestedSopInstance),
    typeId: number(TAG.actionType) ?? number(TAG.eventType),
    moveDestination: text(TAG.moveDestination),
    priority: number(TAG.priority) ?? PRIORITY.medium,
    respondedTo: number(TAG.respondedTo) ?? 0,
    status: number(TAG.status) ?? 0,
    comment: text(TAG.errorComment),
    subOperations: {
      remaining: number(TAG.remaining) ?? 0,
      completed: number(TAG.completed) ?? 0,
      failed: number(TAG.failed) ?? 0,
      warning: number(TAG.warning) ?? 0,
    },
  };
}

/** What a response says beside what it responds to. */
export interface ResponseFields {
  readonly status: Status;
  /** Becomes Error Comment (0000,0902), cut to its 64 characters; never patient data. */
  readonly comment?: string;
  /** The instance that N-CREATE made, when the request named none. */
  readonly sopInstanceUid?: string;
}

/** One of the answers to C-FIND, C-GET or C-MOVE. */
export interface InquiryAnswer extends ResponseFields {
  /** A count that is left out is not told. */
  readonly subOperations?: Partial<SubOperations>;
  /** What was found, or which instances failed; in the transfer syntax of the presentation context. */
  readonly dataSet?: Buffer;
}

/** The response to a request; its data set follows. */
export function encodeResponse(request: Command, answer: InquiryAnswer): Buffer {
  const { status, comment, sopInstanceUid, subOperations: counts = {}, dataSet } = answer;
  const { commandField } = request;
  const count = (tag: number, value: number | undefined) =>
    value === undefined ? NOTHING : element(tag, uint16(Math.min(value, LARGEST_COUNT)));
  return encodeElements([
    uidElement(TAG.affectedSopClass, request.sopClassUid),
    element(TAG.commandField, uint16(commandField | COMMAND.responseBit)),
    element(TAG.respondedTo, uint16(request.messageId)),
    element(TAG.dataSetType, uint16(dataSet === undefined ? NO_DATA_SET : SOME_DATA_SET)),
    element(TAG.status, uint16(status)),
    comment === undefined ? NOTHING : element(TAG.errorComment, text(comment.slice(0, COMMENT_CHARACTERS), 0x20)),
    uidElement(TAG.affectedSopInstance, sopInstanceUid ?? request.sopInstanceUid),
    typeElement(commandField, request.typeId),
    count(TAG.remaining, counts.remaining),
    count(TAG.completed, counts.completed),
    count(TAG.failed, counts.failed),
    count(TAG.warning, counts.warning),
  ]);
}

/** A request of N-EVENT-REPORT, C-ECHO and the like, for whoever opens an association or reports on one. */
export interface RequestFields {
  readonly commandField: number;
  readonly sopClassUid: string;
  readonly sopInstanceUid?: string;
  readonly typeId?: number;
  /** The AE title that C-MOVE sends to. */
  readonly moveDestination?: string;
  /** Of C-STORE: by whose C-MOVE, and which of its messages (PS3.7 section 9.3.1.1). */
  readonly originator?: { readonly aeTitle: string; readonly messageId: number };
}

/** Composite operations say how urgent they are (PS3.7 section 9.3); C-ECHO does not. */
const WITH_PRIORITY: ReadonlySet<number> = new Set([COMMAND.store, COMMAND.get, COMMAND.find, COMMAND.move]);

export function encodeRequest(messageId: number, request: RequestFields, hasDataSet: boolean): Buffer {
  const { commandField, sopClassUid, sopInstanceUid = '', typeId, moveDestination, originator } = request;
  const isRequested = commandField === COMMAND.action || commandField === COMMAND.set;
  return encodeElements([
    uidElement(isRequested ? TAG.requestedSopClass : TAG.affectedSopClass, sopClassUid),
    element(TAG.commandField, uint16(commandField)),
    element(TAG.messageId, uint16(messageId)),
    moveDestination === undefined ? NOTHING : element(TAG.moveDestination, text(moveDestination, 0x20)),
    WITH_PRIORITY.has(commandField) ? element(TAG.priority, uint16(PRIORITY.low)) : NOTHING,
    element(TAG.dataSetType, uint16(hasDataSet ? SOME_DATA_SET : NO_DATA_SET)),
    uidElement(isRequested ? TAG.requestedSopInstance : TAG.affectedSopInstance, sopInstanceUid),
    typeElement(commandField, typeId),
    originator === undefined ? NOTHING : element(TAG.originatorTitle, text(originator.aeTitle, 0x20)),
    originator === undefined ? NOTHING : element(TAG.originatorMessageId, uint16(originator.messageId)),
  ]);
}

/** Asks to end a C-FIND, C-GET or C-MOVE; it has no response of its own (PS3.7 section 9.3.2.3). */
export const encodeCancel = (messageId: number): Buffer =>
  encodeElements([
    element(TAG.commandField, uint16(COMMAND.cancel)),
    element(TAG.respondedTo, uint16(messageId)),
    element(TAG.dataSetType, uint16(NO_DATA_SET)),
  ]);

const NOTHING = Buffer.alloc(0);

function encodeElements(elements: readonly Buffer[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(elements.reduce((sum, each) => sum + each.length, 0));
  return Buffer.concat([element(TAG.groupLength, length), ...elements]);
}

const uidElement = (tag: number, uid: string) => (uid === '' ? NOTHING : element(tag, text(uid, 0)));

function typeElement(commandField: number, typeId: number | undefined): Buffer {
  if (typeId === undefined) return NOTHING;
  return element(commandField === COMMAND.eventReport ? TAG.eventType : TAG.actionType, uint16(typeId));
}

function element(tag: number, value: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(tag, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function text(value: string, padding: number): Buffer {
  const bytes = Buffer.from(value, 'latin1');
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([padding])]);
}

const malformed = (message: string) => new UpperLayerError(ABORT.invalidParameter, message);
