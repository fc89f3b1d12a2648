import type { Agreement } from './agreement.js';
import type { AssociateRequest, ProposedContext, RoleSelection } from './associate-request.js';
import { type AbortReason, PDU, PDU_HEAD_BYTES, REJECTION, type Rejection } from './pdu.js';

export const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';

export interface Implementation {
  readonly classUid: string;
  readonly versionName: string;
}

/** A-ASSOCIATE-AC (PS3.8 section 9.3.3). */
export function encodeAccept(
  request: AssociateRequest,
  { contexts, roles }: Agreement,
  maximumLength: number,
  implementation: Implementation,
): Buffer {
  const fixed = Buffer.alloc(68);
  fixed.writeUInt16BE(1, 0);
  request.aeTitleFields.copy(fixed, 4);
  return pdu(PDU.associateAccept, [
    fixed,
    item(0x10, Buffer.from(APPLICATION_CONTEXT)),
    ...contexts.map(({ id, result, transferSyntax }) =>
      item(0x21, Buffer.concat([Buffer.from([id, 0, result, 0]), item(0x40, Buffer.from(transferSyntax))])),
    ),
    userInformation(
      maximumLength,
      implementation,
      roles,
      request.userIdentity?.wantsResponse ? [USER_IDENTITY_TAKEN] : [],
    ),
  ]);
}

/** Of the kinds without a ticket (PS3.7 section D.3.3.7.2): that it was taken is all there is to say. */
const USER_IDENTITY_TAKEN = item(0x59, Buffer.alloc(2));

/** What a requestor asks for (PS3.8 section 9.3.2). */
export interface Proposal {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly contexts: readonly ProposedContext[];
  readonly roles: readonly RoleSelection[];
}

/** A-ASSOCIATE-RQ (PS3.8 section 9.3.2). */
export function encodeAssociateRequest(
  proposal: Proposal,
  maximumLength: number,
  implementation: Implementation,
): Buffer {
  const fixed = Buffer.alloc(68);
  fixed.writeUInt16BE(1, 0);
  fixed.write(proposal.calledAeTitle.padEnd(16), 4, 16, 'latin1');
  fixed.write(proposal.callingAeTitle.padEnd(16), 20, 16, 'latin1');
  return pdu(PDU.associateRequest, [
    fixed,
    item(0x10, Buffer.from(APPLICATION_CONTEXT)),
    ...proposal.contexts.map(({ id, abstractSyntax, transferSyntaxes }) =>
      item(
        0x20,
        Buffer.concat([
          Buffer.from([id, 0, 0, 0]),
          item(0x30, Buffer.from(abstractSyntax)),
          ...transferSyntaxes.map((syntax) => item(0x40, Buffer.from(syntax))),
        ]),
      ),
    ),
    userInformation(maximumLength, implementation, proposal.roles),
  ]);
}

function userInformation(
  maximumLength: number,
  implementation: Implementation,
  roles: readonly RoleSelection[],
  further: readonly Buffer[] = [],
): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(maximumLength);
  return item(
    0x50,
    Buffer.concat([
      item(0x51, length),
      item(0x52, Buffer.from(implementation.classUid)),
      ...roles.map(roleSelection),
      item(0x55, Buffer.from(implementation.versionName)),
      ...further,
    ]),
  );
}

/** SCP/SCU Role Selection Negotiation (PS3.7 section D.3.3.4). */
function roleSelection({ sopClassUid, scu, scp }: RoleSelection): Buffer {
  const uid = Buffer.from(sopClassUid, 'latin1');
  const head = Buffer.alloc(2);
  head.writeUInt16BE(uid.length);
  return item(0x54, Buffer.concat([head, uid, Buffer.from([Number(scu), Number(scp)])]));
}

/** A-ASSOCIATE-RJ (PS3.8 section 9.3.4). */
export const encodeReject = (rejection: Rejection) =>
  pdu(PDU.associateReject, [Buffer.from([0, ...REJECTION[rejection]])]);

/** A-RELEASE-RQ (PS3.8 section 9.3.6). */
export const encodeReleaseRequest = () => pdu(PDU.releaseRequest, [Buffer.alloc(4)]);

/** A-RELEASE-RP (PS3.8 section 9.3.7). */
export const encodeReleaseReply = () => pdu(PDU.releaseReply, [Buffer.alloc(4)]);

/** A-ABORT by the service provider (PS3.8 section 9.3.8). */
export const encodeAbort = (reason: AbortReason) => pdu(PDU.abort, [Buffer.from([0, 0, 2, reason])]);

const UNLIMITED_BYTES = 64 * 1024;
const PDV_HEAD_BYTES = 6;
/** Message Control Header (PS3.8 annex E.2). */
const COMMAND_FLAG = 1;
const LAST_FLAG = 2;

/** A message as P-DATA-TF PDUs that the peer can read, in one buffer to be written at once. */
export function encodeMessage(
  contextId: number,
  command: Buffer,
  dataSet: Buffer | undefined,
  peerMaximumLength: number,
): Buffer {
  const room = roomOf(peerMaximumLength);
  const pdus = valuePdus(contextId, COMMAND_FLAG, command, room);
  return Buffer.concat(dataSet === undefined ? pdus : [...pdus, ...valuePdus(contextId, 0, dataSet, room)]);
}

/** A part of a data set that is written piece by piece. */
export const encodeDataSetPart = (contextId: number, part: Buffer, isLast: boolean, peerMaximumLength: number) =>
  Buffer.concat(valuePdus(contextId, 0, part, roomOf(peerMaximumLength), isLast));

const roomOf = (peerMaximumLength: number) => Math.max((peerMaximumLength || UNLIMITED_BYTES) - PDV_HEAD_BYTES, 1);

function valuePdus(contextId: number, flag: number, value: Buffer, room: number, isWhole = true): Buffer[] {
  const pdus: Buffer[] = [];
  for (let at = 0; at === 0 || at < value.length; at += room) {
    const part = value.subarray(at, at + room);
    const head = Buffer.alloc(PDV_HEAD_BYTES);
    head.writeUInt32BE(part.length + 2);
    head[4] = contextId;
    head[5] = flag | (isWhole && at + room >= value.length ? LAST_FLAG : 0);
    pdus.push(pdu(PDU.data, [head, part]));
  }
  return pdus;
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
