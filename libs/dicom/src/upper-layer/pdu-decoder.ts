import { ABORT, PDU, PDU_HEAD_BYTES, UpperLayerError } from './pdu.js';

export type PduEvent =
  | { readonly kind: 'associate-request' | 'associate-accept' | 'associate-reject'; readonly body: Buffer }
  | DataPiece
  | { readonly kind: 'release-request' | 'release-reply' | 'abort' };

/** Which PDUs each side of an association is sent beside data, by their types. */
const EXPECTED: Record<'acceptor' | 'requestor', ReadonlyMap<number, Exclude<PduEvent['kind'], 'data'>>> = {
  acceptor: new Map([
    [PDU.associateRequest, 'associate-request'],
    [PDU.releaseRequest, 'release-request'],
    [PDU.abort, 'abort'],
  ]),
  requestor: new Map([
    [PDU.associateAccept, 'associate-accept'],
    [PDU.associateReject, 'associate-reject'],
    [PDU.releaseRequest, 'release-request'],
    [PDU.releaseReply, 'release-reply'],
    [PDU.abort, 'abort'],
  ]),
};
const SHORT_BODY_BYTES = 4;

/** Bytes of a presentation data value as they came off the socket: a view, good until they were handled. */
export interface DataPiece {
  readonly kind: 'data';
  readonly contextId: number;
  readonly isCommand: boolean;
  readonly bytes: Buffer;
  /** These bytes end the command or the data set. */
  readonly isLast: boolean;
}

/** 128 presentation contexts with many transfer syntaxes each stay far below. */
const LONGEST_REQUEST_BYTES = 1024 * 1024;
const PDV_HEAD_BYTES = 6;
/** Presentation context id and message control header belong to a PDV's length (PS3.8 section 9.3.5.1). */
const PDV_LENGTH_OVERHEAD = 2;

/**
 * Reads PDUs out of a byte stream cut anywhere (PS3.8 section 9.3). Data leaves piece by piece as it arrives, whatever the
 * length of its PDU; nothing of it is kept. Anything else is at most 1 MiB.
 * @throws UpperLayerError with the reason for the A-ABORT
 */
export class PduDecoder {
  private readonly head = Buffer.alloc(PDU_HEAD_BYTES);
  private headBytes = 0;
  private state: 'pdu-head' | 'body' | 'pdv-head' | 'pdv-body' = 'pdu-head';
  private type = 0;
  /** Bytes of the PDU that are still to come. */
  private pduBytes = 0;
  private pdvBytes = 0;
  private contextId = 0;
  private control = 0;
  private body: Buffer[] = [];

  /** @param longestDataPdu bytes of a P-DATA-TF body, as announced to the peer */
  constructor(
    private readonly side: 'acceptor' | 'requestor',
    public longestDataPdu: number,
  ) {}

  /** PDUs of which a byte came, and whether the last one is unfinished. */
  begun = 0;
  get isWithinPdu(): boolean {
    return this.state !== 'pdu-head' || this.headBytes > 0;
  }

  *decode(chunk: Buffer): Generator<PduEvent, void, void> {
    for (let at = 0; at < chunk.length; ) {
      if (this.state === 'pdu-head' || this.state === 'pdv-head') {
        at += this.fillHead(chunk, at);
        if (this.headBytes < PDU_HEAD_BYTES) return;
        this.headBytes = 0;
        if (this.state === 'pdu-head') this.beginPdu();
        else if (this.beginPdv()) yield this.piece(Buffer.alloc(0));
        continue;
      }
      const isData = this.state === 'pdv-body';
      const bytes = chunk.subarray(at, at + (isData ? this.pdvBytes : this.pduBytes));
      at += bytes.length;
      this.pduBytes -= bytes.length;
      if (isData) {
        this.pdvBytes -= bytes.length;
        yield this.piece(bytes);
      } else {
        this.body.push(Buffer.from(bytes));
        if (this.pduBytes === 0) yield this.endPdu();
      }
    }
  }

  private fillHead(chunk: Buffer, at: number): number {
    if (this.state === 'pdu-head' && this.headBytes === 0) this.begun += 1;
    const copied = chunk.copy(this.head, this.headBytes, at, at + PDU_HEAD_BYTES - this.headBytes);
    this.headBytes += copied;
    return copied;
  }

  private beginPdu(): void {
    this.type = this.head[0] ?? 0;
    this.pduBytes = this.head.readUInt32BE(2);
    if (this.type < PDU.associateRequest || this.type > PDU.abort) {
      throw new UpperLayerError(ABORT.unrecognizedPdu, 'The PDU type is not known');
    }
    if (this.type !== PDU.data && !EXPECTED[this.side].has(this.type)) {
      throw new UpperLayerError(ABORT.unexpectedPdu, 'The peer is not the one to send this PDU');
    }
    if (!this.isLengthAllowed()) throw new UpperLayerError(ABORT.invalidParameter, 'The PDU length is not allowed');
    this.state = this.type === PDU.data ? 'pdv-head' : 'body';
  }

  private isLengthAllowed(): boolean {
    if (this.type === PDU.data) return this.pduBytes >= PDV_HEAD_BYTES && this.pduBytes <= this.longestDataPdu;
    const isAssociate = this.type === PDU.associateRequest || this.type === PDU.associateAccept;
    return isAssociate
      ? this.pduBytes > 0 && this.pduBytes <= LONGEST_REQUEST_BYTES
      : this.pduBytes === SHORT_BODY_BYTES;
  }

  /** Returns whether the PDV is empty, which is allowed. */
  private beginPdv(): boolean {
    this.pdvBytes = this.head.readUInt32BE(0) - PDV_LENGTH_OVERHEAD;
    this.contextId = this.head[4] ?? 0;
    this.control = this.head[5] ?? 0;
    this.pduBytes -= PDV_HEAD_BYTES;
    if (this.pdvBytes < 0 || this.pdvBytes > this.pduBytes) {
      throw new UpperLayerError(ABORT.invalidParameter, 'The PDV length does not fit its PDU');
    }
    this.state = 'pdv-body';
    return this.pdvBytes === 0;
  }

  private piece(bytes: Buffer): DataPiece {
    const isEnd = this.pdvBytes === 0;
    if (isEnd) this.endPdv();
    return {
      kind: 'data',
      contextId: this.contextId,
      isCommand: (this.control & 1) !== 0,
      bytes,
      isLast: isEnd && (this.control & 2) !== 0,
    };
  }

  private endPdv(): void {
    this.state = this.pduBytes === 0 ? 'pdu-head' : 'pdv-head';
    if (this.pduBytes > 0 && this.pduBytes < PDV_HEAD_BYTES) {
      throw new UpperLayerError(ABORT.invalidParameter, 'The PDV does not fill its PDU');
    }
  }

  private endPdu(): PduEvent {
    const body = this.body.length === 1 && this.body[0] !== undefined ? this.body[0] : Buffer.concat(this.body);
    this.body = [];
    this.state = 'pdu-head';
    const kind = EXPECTED[this.side].get(this.type) ?? 'abort';
    return kind === 'associate-request' || kind === 'associate-accept' || kind === 'associate-reject'
      ? { kind, body }
      : { kind };
  }
}
