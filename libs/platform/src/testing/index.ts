export { TestIssuer } from './test-issuer.js';
