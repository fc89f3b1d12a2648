export { FileObjectStore } from './file-object-store.js';
export { ObjectMissing, ObjectStoreFull, ObjectTooLarge, WrongOffset } from './object-store.errors.js';
export type { IncomingObject, ObjectReader, Resumption } from './objects.js';
export type { UnfinishedName } from './unfinished-objects.js';
