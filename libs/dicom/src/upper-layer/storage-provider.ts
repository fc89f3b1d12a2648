import type { Status } from './command-set.js';
import type { Rejection } from './pdu.js';

/** Who asks for an association, by what both sides call themselves. */
export interface AssociationTitles {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
}

export interface StoreRequest {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
}

export interface StoreAnswer {
  readonly status: Status;
  /** Becomes Error Comment (0000,0902); never patient data. */
  readonly comment?: string;
}

/** Takes the encoded data set of one C-STORE as it arrives. */
export interface DataSetSink {
  /** A promise asks the sender to wait; it must not reject. */
  write(bytes: Buffer): Promise<void> | undefined;
  /** All bytes were written. The answer is sent when it is there. */
  end(): Promise<StoreAnswer>;
  /** The association ended before the data set did. */
  abandon(): Promise<void>;
}

/** What lies behind one accepted association. */
export interface StorageAssociation {
  /** An answer instead of a sink refuses: the data set is read and dropped, then the answer is sent. */
  store(request: StoreRequest): DataSetSink | StoreAnswer;
  /** Called once, after everything else. */
  closed(): void;
}

export interface StorageProvider {
  admit(titles: AssociationTitles): StorageAssociation | Rejection;
}
