export type { UserIdentity } from './associate-request.js';
export {
  COMMAND,
  type InquiryAnswer,
  type RequestFields,
  type ResponseFields,
  type SubOperations,
} from './command-set.js';
export type { DataSetSink } from './data-set-sink.js';
export {
  type Answer,
  NotAnsweredError,
  type OutgoingMessages,
  type OutgoingRequest,
  type Reading,
} from './outgoing-messages.js';
export { REJECTION, type Rejection } from './pdu.js';
export { type PeerAddress, RequestedAssociation } from './requested-association.js';
export { SECURE_TRANSPORT } from './secure-transport.js';
export type {
  Admission,
  AssociationTitles,
  Inquiry,
  Service,
  ServiceAssociation,
  ServiceProvider,
  ServiceRequest,
  StoreAnswer,
  StoreRequest,
} from './service-provider.js';
export { isPending, STATUS, type Status } from './status.js';
export { isStorageClass, VERIFICATION } from './storage-classes.js';
export { type SecureDoorOptions, type UpperLayerOptions, UpperLayerServer } from './upper-layer-server.js';
