import { first, type Sql } from '@yinglian/persistence';

export interface ServiceClient {
  readonly clientId: string;
  readonly secretSha256: string;
  readonly scopes: readonly string[];
  readonly hospital: string | null;
}

export const clientById = (sql: Sql, clientId: string) =>
  first<ServiceClient>(
    sql,
    'SELECT client_id AS "clientId", secret_sha256 AS "secretSha256", scopes, hospital FROM clients WHERE client_id = $1',
    [clientId],
  );

/** Adds the client, or gives the one that is there a new secret. */
export async function putClient(sql: Sql, client: ServiceClient): Promise<void> {
  await sql.query(
    `INSERT INTO clients (client_id, secret_sha256, scopes, hospital) VALUES ($1, $2, $3, $4)
     ON CONFLICT (client_id) DO UPDATE SET secret_sha256 = excluded.secret_sha256`,
    [client.clientId, client.secretSha256, client.scopes, client.hospital],
  );
}
