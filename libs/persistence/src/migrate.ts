import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

export interface Migrations {
  /** Folder of `<UTC timestamp>_<name>.sql` files, for instance `new URL('../migrations/', import.meta.url)`. */
  readonly folder: URL;
  /** Which applied migrations are recorded in this table of the same database. */
  readonly table: string;
}

/**
 * Brings a database to its newest schema. Safe when several processes start at once: an advisory lock lets one through.
 * @param count only so many further migrations: an older schema, whose upgrade is tested
 */
export async function migrate(databaseUrl: string, migrations: Migrations, count = Infinity): Promise<void> {
  await runner({
    databaseUrl,
    dir: fileURLToPath(migrations.folder),
    ignorePattern: '(?!.*\\.sql$).*',
    migrationsTable: migrations.table,
    direction: 'up',
    count,
    checkOrder: true,
    singleTransaction: true,
    advisoryLockMode: 'wait',
    log: () => {},
  });
}
