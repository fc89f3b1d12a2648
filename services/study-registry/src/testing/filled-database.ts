import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { studyRegistryMigrations } from '../study-registry.module.js';

/** A registry's database in a PostgreSQL of its own, filled by these statements, for plans at scale. */
export async function filledDatabase(
  statements: readonly string[],
): Promise<{ postgres: TestPostgres; database: Database }> {
  const postgres = await TestPostgres.start();
  const url = await postgres.createDatabase();
  await migrate(url, studyRegistryMigrations);
  const database = postgres.connect(url);
  for (const statement of statements) await database.query(statement);
  return { postgres, database };
}
