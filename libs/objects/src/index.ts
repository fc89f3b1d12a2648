export { FileObjectStore, type IncomingObject, ObjectStoreFull, ObjectTooLarge } from './file-object-store.js';
