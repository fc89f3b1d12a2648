/**
 * Statuses of responses (PS3.7 annex C), and those of C-STORE (PS3.4 section B.2.3), C-FIND, C-MOVE and C-GET
 * (PS3.4 sections C.4.1 to C.4.3).
 */
export const STATUS = {
  success: 0x0000,
  invalidAttributeValue: 0x0106,
  processingFailure: 0x0110,
  duplicateInstance: 0x0111,
  noSuchInstance: 0x0112,
  noSuchEventType: 0x0113,
  invalidArgument: 0x0115,
  noSuchClass: 0x0118,
  classInstanceConflict: 0x0119,
  missingAttribute: 0x0120,
  missingAttributeValue: 0x0121,
  sopClassNotSupported: 0x0122,
  notAuthorized: 0x0124,
  noSuchAction: 0x0123,
  unrecognizedOperation: 0x0211,
  resourceLimitation: 0x0213,
  outOfResources: 0xa700,
  /** Of C-GET and C-MOVE: there are too many matches to count, and no sub-operation could be performed. */
  matchesNotCounted: 0xa701,
  /** Of C-GET and C-MOVE: no sub-operation could be performed. */
  subOperationsNotPerformed: 0xa702,
  moveDestinationUnknown: 0xa801,
  dataSetDoesNotMatch: 0xa900,
  /** Of C-GET and C-MOVE: complete, one or more sub-operations failed. */
  subOperationsFailed: 0xb000,
  cannotUnderstand: 0xc000,
  /** Of STOW-RS (PS3.18 table I.2-2). */
  transferSyntaxNotSupported: 0xc122,
  cancelled: 0xfe00,
  pending: 0xff00,
  /** Of C-FIND: optional keys were not supported. */
  pendingWithoutKeys: 0xff01,
} as const;

/** One answer of several, with or without doubts (PS3.4 sections C.4.1 to C.4.3). */
export const isPending = (status: number) => status === 0xff00 || status === 0xff01;

export type Status = (typeof STATUS)[keyof typeof STATUS];
