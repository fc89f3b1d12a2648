import type { UserIdentity } from './associate-request.js';
import type { InquiryAnswer, ResponseFields } from './command-set.js';
import type { DataSetSink } from './data-set-sink.js';
import type { OutgoingMessages } from './outgoing-messages.js';
import type { Rejection } from './pdu.js';

/** Who asks for an association, by what both sides call themselves, and how. */
export interface AssociationTitles {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  /** Whether the peer came over TLS. */
  readonly isSecure: boolean;
  /** SHA-256 of the certificate by which it proved itself over TLS, as 64 lower-case hexadecimal digits. */
  readonly certificateSha256?: string | undefined;
  readonly userIdentity?: UserIdentity | undefined;
}

export interface StoreRequest {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** Priority (0000,0700) is HIGH (PS3.7 section 9.3.1). */
  readonly isHighPriority: boolean;
}

export type StoreAnswer = ResponseFields;

/** A request of a normalized service (PS3.7 chapter 10), whose data set is small. */
export interface ServiceRequest {
  readonly operation: 'N-EVENT-REPORT' | 'N-SET' | 'N-ACTION' | 'N-CREATE';
  /** Of the presentation context: the service that was agreed on. */
  readonly abstractSyntax: string;
  readonly transferSyntaxUid: string;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** Action Type ID or Event Type ID. */
  readonly typeId: number | undefined;
  /** As encoded; empty when there was none. */
  readonly dataSet: Buffer;
}

/** A request with several answers (PS3.7 sections 9.1.2 to 9.1.4), whose identifier is small. */
export interface Inquiry {
  readonly operation: 'C-FIND' | 'C-GET' | 'C-MOVE';
  readonly abstractSyntax: string;
  /** Of the identifier, and of the data sets of its answers. */
  readonly transferSyntaxUid: string;
  readonly messageId: number;
  /** AE title; empty but for C-MOVE. */
  readonly moveDestination: string;
  /** As encoded; empty when there was none. */
  readonly identifier: Buffer;
  /** Aborted when the peer cancels, and when the association ends. */
  readonly signal: AbortSignal;
}

/**
 * How the instances of an abstract syntax are served. `storage`: in whatever transfer syntax, each data set piece by piece to
 * a sink. `messages`: in implicit or explicit VR little endian, small data sets in memory. `inquiries`: likewise, with several
 * answers. `retrieval`: stored at the peer, which takes the provider's role for it.
 */
export type Service = 'storage' | 'messages' | 'inquiries' | 'retrieval';

/** What lies behind one accepted association. Verification is served beside (PS3.4 annex A). */
export interface ServiceAssociation {
  /** Longest P-DATA-TF body that is read from this peer, when it is not the usual one. */
  readonly maximumLength?: number;
  /** Undefined refuses presentation contexts of that abstract syntax. */
  serviceOf(abstractSyntax: string): Service | undefined;
  /** The association stands; requests may be sent to the peer on it until it is closed. */
  opened?(outgoing: OutgoingMessages): void;
  /** The peer verified that someone is there. */
  echoed?(): void;
  /** An answer instead of a sink refuses: the data set is read and dropped, then the answer is sent. */
  store(request: StoreRequest): DataSetSink | StoreAnswer;
  /** Must not reject. Without it no service of this kind is offered. */
  perform?(request: ServiceRequest): Promise<ResponseFields>;
  /** Yields pending answers, one when the last has been taken, and returns the last one. What it throws aborts the association. */
  inquire?(inquiry: Inquiry): AsyncGenerator<InquiryAnswer, InquiryAnswer>;
  /** Called once, after everything else. */
  closed(): void;
}

/** What lies behind the association, or why there is none. */
export type Admission = ServiceAssociation | Rejection;

export interface ServiceProvider {
  admit(titles: AssociationTitles): Admission | Promise<Admission>;
}
