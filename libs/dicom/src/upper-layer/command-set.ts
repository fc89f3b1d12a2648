import { ABORT, UpperLayerError } from './pdu.js';

/** Command fields (PS3.7 annex E). */
export const COMMAND = { store: 0x0001, echo: 0x0030, cancel: 0x0fff, responseBit: 0x8000 } as const;

/** Statuses of C-STORE and of any command (PS3.4 section B.2.3, PS3.7 annex C). */
export const STATUS = {
  success: 0x0000,
  processingFailure: 0x0110,
  sopClassNotSupported: 0x0122,
  unrecognizedOperation: 0x0211,
  outOfResources: 0xa700,
  dataSetDoesNotMatch: 0xa900,
  cannotUnderstand: 0xc000,
} as const;
export type Status = (typeof STATUS)[keyof typeof STATUS];

const NO_DATA_SET = 0x0101;
const TAG = {
  groupLength: 0x0000,
  affectedSopClass: 0x0002,
  commandField: 0x0100,
  messageId: 0x0110,
  respondedTo: 0x0120,
  dataSetType: 0x0800,
  status: 0x0900,
  errorComment: 0x0902,
  affectedSopInstance: 0x1000,
} as const;

/** The elements of a request's command set that a storage provider reads (PS3.7 section 9.3). */
export interface Command {
  readonly commandField: number;
  readonly messageId: number;
  readonly hasDataSet: boolean;
  readonly affectedSopClassUid: string;
  readonly affectedSopInstanceUid: string;
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
  const uid = (tag: number) => (values.get(tag)?.toString('latin1') ?? '').replace(/[\0 ]+$/, '').trim();
  const commandField = number(TAG.commandField);
  if (commandField === undefined) throw malformed('A command does not say what it is');
  return {
    commandField,
    messageId: number(TAG.messageId) ?? 0,
    hasDataSet: (number(TAG.dataSetType) ?? NO_DATA_SET) !== NO_DATA_SET,
    affectedSopClassUid: uid(TAG.affectedSopClass),
    affectedSopInstanceUid: uid(TAG.affectedSopInstance),
  };
}

/** The response to a request, without a data set. `comment` is cut to the 64 characters of (0000,0902). */
export function encodeResponse(request: Command, status: Status, comment?: string): Buffer {
  const elements = [
    ...(request.affectedSopClassUid === ''
      ? []
      : [element(TAG.affectedSopClass, text(request.affectedSopClassUid, 0))]),
    element(TAG.commandField, uint16(request.commandField | COMMAND.responseBit)),
    element(TAG.respondedTo, uint16(request.messageId)),
    element(TAG.dataSetType, uint16(NO_DATA_SET)),
    element(TAG.status, uint16(status)),
    ...(comment === undefined ? [] : [element(TAG.errorComment, text(comment.slice(0, 64), 0x20))]),
    ...(request.affectedSopInstanceUid === ''
      ? []
      : [element(TAG.affectedSopInstance, text(request.affectedSopInstanceUid, 0))]),
  ];
  const length = Buffer.alloc(4);
  length.writeUInt32LE(elements.reduce((sum, each) => sum + each.length, 0));
  return Buffer.concat([element(TAG.groupLength, length), ...elements]);
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
