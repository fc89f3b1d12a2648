export { COMMAND, type RequestFields, type ResponseFields } from './command-set.js';
export { NotAnsweredError, type OutgoingMessages, type OutgoingRequest } from './outgoing-messages.js';
export type { Rejection } from './pdu.js';
export { type PeerAddress, RequestedAssociation } from './requested-association.js';
export type {
  AssociationTitles,
  DataSetSink,
  Service,
  ServiceAssociation,
  ServiceProvider,
  ServiceRequest,
  StoreAnswer,
  StoreRequest,
} from './service-provider.js';
export { STATUS, type Status } from './status.js';
export { isStorageClass, VERIFICATION } from './storage-classes.js';
export { type SecureDoorOptions, type UpperLayerOptions, UpperLayerServer } from './upper-layer-server.js';
