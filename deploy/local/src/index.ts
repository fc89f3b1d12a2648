export { type Endpoints, endpointsPath, readEndpoints } from './endpoints/endpoints.js';
