export { TestIssuer, type TestPerson, type TokenOptions } from './test-issuer.js';
