export { objectStoreContract, type StoreUnderTest } from '../object-store.contract.js';
export { inPieces, keysOf } from './streams.js';
