/** The disk has no room for the object: it was not stored, and nothing of it is left. */
export class ObjectStoreFull extends Error {
  override readonly name = 'ObjectStoreFull';
}

/** More bytes came than were allowed: it was not stored, and nothing of it is left. */
export class ObjectTooLarge extends Error {
  override readonly name = 'ObjectTooLarge';
}

/** What came before of the object ends before what comes now begins; it is as it was. */
export class WrongOffset extends Error {
  override readonly name = 'WrongOffset';
}

/** There is no object of that key. */
export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing';
}

/** The object ends before what was asked for does. */
export class ObjectTooShort extends Error {
  override readonly name = 'ObjectTooShort';
}

/** The object is there, and is not what was stored. */
export class ObjectDamaged extends Error {
  override readonly name = 'ObjectDamaged';
}

/** What keeps the objects does not answer, or not to the end, however often it is asked. */
export class ObjectStoreUnavailable extends Error {
  override readonly name = 'ObjectStoreUnavailable';
  /** As systems call a connection that is given up: whoever asked may ask again. */
  readonly code = 'ECONNABORTED';
}

/** A file that may not grow (EFBIG: a limit of the process or of the file system) is as good as a full disk. */
const FULL = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG']);

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

export const isMissing = (error: unknown) => codeOf(error) === 'ENOENT';

/** What a file system's failure means to whoever stores an object. */
export function storeError(error: unknown): unknown {
  return FULL.has(codeOf(error)) ? new ObjectStoreFull('The object store’s disk is full', { cause: error }) : error;
}
