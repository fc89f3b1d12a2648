import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

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
  // Our own connection: the runner would not wait for the end of one that it opened itself.
  const client = new pg.Client({ connectionString: databaseUrl });
  // A server that goes away is told of by the statement that fails.
  client.on('error', () => {});
  await client.connect();
  try {
    await run(client, migrations, count);
  } finally {
    await client.end();
  }
}

async function run(dbClient: pg.Client, migrations: Migrations, count: number): Promise<void> {
  await runner({
    dbClient,
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
