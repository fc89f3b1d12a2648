import { type Database, type Migrations, migrate } from '@yinglian/persistence';
import { TestPostgres } from './test-postgres.js';

/** A new database of a server, with the newest schema of each of these. */
export async function migratedDatabase(postgres: TestPostgres, ...schemas: readonly Migrations[]): Promise<Database> {
  const url = await postgres.createDatabase();
  for (const schema of schemas) await migrate(url, schema);
  return postgres.connect(url);
}

/** The same in a PostgreSQL of its own, filled by these statements, for plans at scale. @param settings of PostgreSQL */
export async function filledDatabase(
  schemas: readonly Migrations[],
  statements: readonly string[],
  settings: readonly string[] = [],
): Promise<{ postgres: TestPostgres; database: Database }> {
  const postgres = await TestPostgres.start(settings);
  const database = await migratedDatabase(postgres, ...schemas);
  for (const statement of statements) await database.query(statement);
  return { postgres, database };
}
