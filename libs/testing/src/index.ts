export { TestPostgres } from './test-postgres.js';
