export { objectStoreContract, type StoreUnderTest } from '../object-store.contract.js';
export { S3ObjectStore } from '../s3/s3-object-store.js';
export { inPieces, keysOf } from './streams.js';
