import type { UnfinishedName } from './unfinished-objects.js';

/** An object on its way in: it has no name, and need not outlive a crash, until it is kept. */
export interface IncomingObject {
  readonly sizeBytes: number;
  readonly sha256: string;
  read(position: number, length: number): Promise<Buffer>;
  readInto(bytes: Buffer, position: number): Promise<void>;
  /** Makes it durable and gives it its name. Keeping an object that is there already changes nothing. @throws ObjectStoreFull */
  keep(key: string): Promise<void>;
  discard(): Promise<void>;
}

/** An object in use; let it go when done. */
export interface ObjectReader {
  readonly sizeBytes: number;
  /** @throws ObjectTooShort */
  read(position: number, length: number): Promise<Buffer>;
  /** Fills a buffer of the caller's own, who may use it again and again. */
  readInto(bytes: Buffer, position: number): Promise<void>;
  release(): void;
}

/** An object that may come in several goes, and where this one begins. */
export interface Resumption {
  readonly unfinished: UnfinishedName;
  readonly from: number;
}

/** Follows an object while it comes in. */
export interface ArrivalWatch {
  /** Whether somebody waits for each byte of it: it is written in smaller pieces then. */
  readonly isWaitedFor: boolean;
  /** It comes into this file, which may be opened and read along, also when it has got another name. Awaited before more is taken. */
  begins(path: string): Promise<void>;
  /** So many bytes of it are in the file. */
  written(sizeBytes: number): void;
}

export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
}
