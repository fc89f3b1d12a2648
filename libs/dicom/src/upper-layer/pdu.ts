/** PDU types of the DICOM upper layer (PS3.8 section 9.3.1). */
export const PDU = {
  associateRequest: 0x01,
  associateAccept: 0x02,
  associateReject: 0x03,
  data: 0x04,
  releaseRequest: 0x05,
  releaseReply: 0x06,
  abort: 0x07,
} as const;

export const PDU_HEAD_BYTES = 6;

/** Reasons of an A-ABORT by the service provider (PS3.8 section 9.3.8). */
export const ABORT = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameter: 6,
} as const;
export type AbortReason = (typeof ABORT)[keyof typeof ABORT];

/** Why an association is refused: result, source and reason of A-ASSOCIATE-RJ (PS3.8 section 9.3.4). */
export const REJECTION = {
  noReasonGiven: [1, 1, 1],
  applicationContextUnknown: [1, 1, 2],
  callingAeTitleUnknown: [1, 1, 3],
  calledAeTitleUnknown: [1, 1, 7],
  /** The user identity that is negotiated is not a valid one (PS3.7 section D.3.3.7.2). */
  userIdentityRefused: [1, 2, 1],
  protocolVersionUnknown: [1, 2, 2],
  temporaryCongestion: [2, 3, 1],
  localLimitExceeded: [2, 3, 2],
} as const satisfies Record<string, readonly [result: number, source: number, reason: number]>;
export type Rejection = keyof typeof REJECTION;

/** The peer broke the protocol; the association is aborted for this reason. */
export class UpperLayerError extends Error {
  constructor(
    readonly reason: AbortReason,
    message: string,
  ) {
    super(message);
    this.name = 'UpperLayerError';
  }
}
