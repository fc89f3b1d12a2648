import { Database, first } from '@yinglian/persistence';
import { type PostgresOptions, postgresUrl } from '@yinglian/servers';
import type { Secrets } from '../home/secrets.js';
import { SERVICES } from './services.js';

/** The role that a part of the province signs in to PostgreSQL with; its own database has the same name. */
export const roleOf = (part: string) => part.toLowerCase().replaceAll('-', '_');

export const rolePassword = (secrets: Secrets, part: string) => secrets.of(`database/${part}`);

/** URL of a database for one part's role. */
export const databaseUrl = (
  options: Pick<PostgresOptions, 'port'>,
  secrets: Secrets,
  part: string,
  database = roleOf(part),
) => `postgres://${roleOf(part)}:${rolePassword(secrets, part)}@127.0.0.1:${options.port}/${database}`;

/** Makes a role and a database that it owns for each service that keeps data; what exists is left as it is. */
export async function prepareDatabases(options: PostgresOptions, secrets: Secrets): Promise<void> {
  const admin = new Database({ url: postgresUrl(options), applicationName: 'launcher', maxConnections: 2 });
  try {
    for (const { name } of SERVICES.filter(({ keepsData }) => keepsData)) {
      const role = roleOf(name);
      // Names come from the table of services and passwords are base64url: neither needs escaping.
      if (!(await first(admin, 'SELECT 1 FROM pg_roles WHERE rolname = $1', [role]))) {
        await admin.query(`CREATE ROLE "${role}" LOGIN PASSWORD '${rolePassword(secrets, name)}'`);
      }
      if (await first(admin, 'SELECT 1 FROM pg_database WHERE datname = $1', [role])) continue;
      await admin.query(`CREATE DATABASE "${role}" OWNER "${role}" STRATEGY file_copy`);
      await admin.query(`REVOKE ALL ON DATABASE "${role}" FROM PUBLIC`);
    }
  } finally {
    await admin.close();
  }
}
