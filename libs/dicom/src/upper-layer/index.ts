export { STATUS, type Status } from './command-set.js';
export type { Rejection } from './pdu.js';
export { isStorageClass } from './storage-classes.js';
export type {
  AssociationTitles,
  DataSetSink,
  StorageAssociation,
  StorageProvider,
  StoreAnswer,
  StoreRequest,
} from './storage-provider.js';
export { type UpperLayerOptions, UpperLayerServer } from './upper-layer-server.js';
