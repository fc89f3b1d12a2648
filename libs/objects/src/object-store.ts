import type { ArrivalWatch, IncomingObject, ListedObject, ObjectReader, Resumption } from './objects.js';
import type { UnfinishedName } from './unfinished-objects.js';

/**
 * Immutable objects by keys such as `packs/abc/…`. An object is there whole or not at all. A class and no interface, since it
 * is what services ask to be given. Every method throws ObjectStoreUnavailable when what keeps the objects cannot be reached.
 */
export abstract class ObjectStore {
  /** Removes or lays by what was on its way in when the process before this one ended. Call it before anything is received. */
  abstract begin(): Promise<void>;

  /** Bytes that are kept of an object whose connection broke; at most 16 GiB of one owner are, for a day. */
  abstract unfinishedBytes(unfinished: UnfinishedName): Promise<number>;

  /**
   * Writes and hashes a stream of at most `limitBytes`, in one go or behind what came before. An empty piece asks that those before it are
   * written at once. What came of a stream that breaks is laid by when it may be resumed. @throws ObjectTooLarge, ObjectStoreFull, WrongOffset
   */
  abstract receive(
    source: AsyncIterable<Uint8Array>,
    limitBytes: number,
    resumption?: Resumption,
    watch?: ArrivalWatch,
  ): Promise<IncomingObject>;

  /** Stores what can be made again, in place of what was there: whole, but a power cut may leave it empty. @throws ObjectStoreFull */
  abstract putReproducible(key: string, bytes: Buffer): Promise<void>;

  abstract has(key: string): Promise<boolean>;

  /** @throws ObjectMissing */
  abstract open(key: string): Promise<ObjectReader>;

  /** @throws ObjectMissing, ObjectTooShort */
  abstract read(key: string, position: number, length: number): Promise<Buffer>;

  /** @throws ObjectMissing */
  abstract readAll(key: string): Promise<Buffer>;

  /**
   * An object's bytes from the first to the last, as they are stored now: nothing that is kept open or remembered is used. Each
   * piece is the reader's own. @throws ObjectMissing, ObjectTooShort, and what the disk says of bytes that it cannot read
   */
  abstract stream(key: string): AsyncIterable<Buffer>;

  /**
   * Keeps what lies under a key under another one too, whatever its state; what is put in its place leaves that alone.
   * @throws ObjectMissing
   */
  abstract layBy(key: string, asideKey: string): Promise<void>;

  /** Objects whose keys begin so, in the order of their keys' bytes, of those after a key. Nothing that is on its way in. */
  abstract list(prefix: string, after?: string): AsyncIterable<ListedObject>;

  /** Deleting what is not there changes nothing. */
  abstract delete(key: string): Promise<void>;

  abstract close(): Promise<void>;
}

/** @throws when the key could lead elsewhere */
export function checkKey(key: string): void {
  if (!/^[a-z0-9][a-z0-9/.-]*$/.test(key) || key.includes('..') || key.includes('//') || key.endsWith('/'))
    throw new Error('An object key has small letters, digits, / . and -');
}
