import type { AssociateRequest } from './associate-request.js';
import { type AbortReason, PDU, PDU_HEAD_BYTES, REJECTION, type Rejection } from './pdu.js';
import type { NegotiatedContext } from './presentation-contexts.js';

export const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';

export interface Implementation {
  readonly classUid: string;
  readonly versionName: string;
}

/** A-ASSOCIATE-AC (PS3.8 section 9.3.3). */
export function encodeAccept(
  request: AssociateRequest,
  contexts: readonly NegotiatedContext[],
  maximumLength: number,
  implementation: Implementation,
): Buffer {
  const fixed = Buffer.alloc(68);
  fixed.writeUInt16BE(1, 0);
  request.aeTitleFields.copy(fixed, 4);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(maximumLength);
  return pdu(PDU.associateAccept, [
    fixed,
    item(0x10, Buffer.from(APPLICATION_CONTEXT)),
    ...contexts.map(({ id, result, transferSyntax }) =>
      item(0x21, Buffer.concat([Buffer.from([id, 0, result, 0]), item(0x40, Buffer.from(transferSyntax))])),
    ),
    item(
      0x50,
      Buffer.concat([
        item(0x51, length),
        item(0x52, Buffer.from(implementation.classUid)),
        item(0x55, Buffer.from(implementation.versionName)),
      ]),
    ),
  ]);
}

/** A-ASSOCIATE-RJ (PS3.8 section 9.3.4). */
export const encodeReject = (rejection: Rejection) =>
  pdu(PDU.associateReject, [Buffer.from([0, ...REJECTION[rejection]])]);

/** A-RELEASE-RP (PS3.8 section 9.3.7). */
export const encodeReleaseReply = () => pdu(PDU.releaseReply, [Buffer.alloc(4)]);

/** A-ABORT by the service provider (PS3.8 section 9.3.8). */
export const encodeAbort = (reason: AbortReason) => pdu(PDU.abort, [Buffer.from([0, 0, 2, reason])]);

const UNLIMITED_BYTES = 64 * 1024;
const PDV_HEAD_BYTES = 6;

/** A command set as P-DATA-TF PDUs that the peer can read, in one buffer to be written at once. */
export function encodeCommand(contextId: number, command: Buffer, peerMaximumLength: number): Buffer {
  const room = Math.max((peerMaximumLength || UNLIMITED_BYTES) - PDV_HEAD_BYTES, 1);
  const pdus: Buffer[] = [];
  for (let at = 0; at < command.length; at += room) {
    const part = command.subarray(at, at + room);
    const head = Buffer.alloc(PDV_HEAD_BYTES);
    head.writeUInt32BE(part.length + 2);
    head[4] = contextId;
    head[5] = at + room >= command.length ? 3 : 1;
    pdus.push(pdu(PDU.data, [head, part]));
  }
  return Buffer.concat(pdus);
}

function pdu(type: number, body: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(PDU_HEAD_BYTES);
  head[0] = type;
  head.writeUInt32BE(
    body.reduce((sum, part) => sum + part.length, 0),
    2,
  );
  return Buffer.concat([head, ...body]);
}

function item(type: number, value: Buffer): Buffer {
  const head = Buffer.from([type, 0, 0, 0]);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}
