import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

const FOLDER = new URL('../../migrations/', import.meta.url);

/** Brings a ledger to its newest schema, each migration in a transaction of its own. */
export function migrateLedger(database: DatabaseSync): void {
  database.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT');
  const applied = new Set(
    database
      .prepare('SELECT name FROM migrations')
      .all()
      .map(({ name }) => name),
  );
  for (const name of readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    if (applied.has(name)) continue;
    database.exec('BEGIN');
    try {
      database.exec(readFileSync(new URL(name, FOLDER), 'utf8'));
      database.prepare('INSERT INTO migrations (name) VALUES (?)').run(name);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw new Error(`The ledger cannot be brought to ${name}`, { cause: error });
    }
  }
}
