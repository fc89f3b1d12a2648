export { TestIssuer, type TestPerson } from './test-issuer.js';
