import { type Migrations, migrate } from '@yinglian/persistence';
import pg from 'pg';

export interface EventLogRole {
  readonly name: string;
  readonly password: string;
  /** Topics that it may append to; `hospital.*` means those of all hospitals. */
  readonly writes: readonly string[];
  /** Whether it may read the log and keep offsets. */
  readonly reads: boolean;
}

const logMigrations: Migrations = {
  folder: new URL('../../log-migrations/', import.meta.url),
  table: 'event_log_migrations',
};

/** One preparation at a time: two would make the same role. */
const PREPARE_LOCK = 7_201_954_002;

/**
 * Makes the event log database, its tables and its roles, or brings them to what is asked. Roles that are not named
 * stay as they are, so adding a hospital is a call with that hospital's role only. `adminUrl` is a superuser's URL that
 * names the event log database.
 */
export async function prepareEventLog(adminUrl: string, { roles }: { roles: readonly EventLogRole[] }): Promise<void> {
  await createDatabase(adminUrl);
  await migrate(adminUrl, logMigrations);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [PREPARE_LOCK]);
    await client.query(`REVOKE ALL ON DATABASE ${client.escapeIdentifier(client.database ?? '')} FROM PUBLIC`);
    for (const role of roles) await grant(client, role);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function grant(client: pg.Client, { name, password, writes, reads }: EventLogRole): Promise<void> {
  const role = client.escapeIdentifier(name);
  const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  await client.query(
    `${known.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`,
  );
  await client.query(`GRANT CONNECT ON DATABASE ${client.escapeIdentifier(client.database ?? '')} TO ${role}`);
  await client.query(`GRANT USAGE ON SCHEMA event_log TO ${role}`);
  await client.query(`GRANT EXECUTE ON FUNCTION event_log.append TO ${role}`);
  await client.query(`REVOKE ALL ON ALL TABLES IN SCHEMA event_log FROM ${role}`);
  if (reads) {
    await client.query(`GRANT SELECT ON event_log.heads, event_log.records TO ${role}`);
    await client.query(`GRANT SELECT, INSERT, UPDATE ON event_log.offsets TO ${role}`);
    await client.query(`GRANT EXECUTE ON FUNCTION event_log.prune TO ${role}`);
  } else {
    await client.query(`REVOKE ALL ON FUNCTION event_log.prune FROM ${role}`);
  }
  await client.query('DELETE FROM event_log.acl WHERE role = $1', [name]);
  await client.query('INSERT INTO event_log.acl (role, pattern) SELECT $1, unnest($2::text[])', [name, writes]);
}

async function createDatabase(adminUrl: string): Promise<void> {
  const server = new URL(adminUrl);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = '/postgres';
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  try {
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
