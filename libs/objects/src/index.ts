export { FileDigest, HASHED_AT_ONCE_BYTES } from './digests/file-digest.js';
export { readInto } from './file-bytes.js';
export { FileObjectStore } from './file-object-store.js';
export {
  ObjectDamaged,
  ObjectMissing,
  ObjectStoreFull,
  ObjectStoreUnavailable,
  ObjectTooLarge,
  ObjectTooShort,
  storeError,
  WrongOffset,
} from './object-store.errors.js';
export { ObjectStore } from './object-store.js';
export type { ArrivalWatch, IncomingObject, ListedObject, ObjectReader, Resumption } from './objects.js';
export { bucketOf, folderOf, type ObjectStoreSettings, objectStoreOf, openObjectStore } from './open-object-store.js';
export type { UnfinishedName } from './unfinished-objects.js';
