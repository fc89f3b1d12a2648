export { Database, type DatabaseOptions } from './database.js';
export { type Hears, Listener } from './listener.js';
export { type Migrations, migrate } from './migrate.js';
export { databaseShape, PersistenceModule, type PersistenceOptions } from './persistence.module.js';
export { plannedOnce } from './planned-once.js';
export { first, type Sql } from './sql.js';
export { storable, storableJson, storableText } from './storable.js';
