import type { Database } from '@yinglian/persistence';
import { filledDatabase as filled, type TestPostgres } from '@yinglian/testing';
import { studyRegistryMigrations } from '../study-registry.module.js';

/** Rows are made to fit: each reference of each one is not looked up. Nothing of a plan depends on these. */
const QUICKLY_FILLED = ['session_replication_role=replica', 'shared_buffers=256MB', 'max_wal_size=4GB', 'fsync=off'];

/** A registry's database in a PostgreSQL of its own, filled by these statements, for plans at scale. */
export const filledDatabase = (
  statements: readonly string[],
): Promise<{ postgres: TestPostgres; database: Database }> =>
  filled([studyRegistryMigrations], statements, QUICKLY_FILLED);
