import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { studyRegistryMigrations } from '../study-registry.module.js';

/** Rows are made to fit: each reference of each one is not looked up. Nothing of a plan depends on these. */
const QUICKLY_FILLED = ['session_replication_role=replica', 'shared_buffers=256MB', 'max_wal_size=4GB', 'fsync=off'];

/** A registry's database in a PostgreSQL of its own, filled by these statements, for plans at scale. */
export async function filledDatabase(
  statements: readonly string[],
): Promise<{ postgres: TestPostgres; database: Database }> {
  const postgres = await TestPostgres.start(QUICKLY_FILLED);
  const url = await postgres.createDatabase();
  await migrate(url, studyRegistryMigrations);
  const database = postgres.connect(url);
  for (const statement of statements) await database.query(statement);
  return { postgres, database };
}
