export { FileObjectStore, type IncomingObject, type ObjectReader } from './file-object-store.js';
export { ObjectMissing, ObjectStoreFull, ObjectTooLarge } from './object-store.errors.js';
