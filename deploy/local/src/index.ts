export { type Endpoints, endpointsPath, readEndpoints } from './endpoints/endpoints.js';
export { eventLogReader } from './province/event-log-reader.js';
export { serviceDatabase } from './province/service-database.js';
