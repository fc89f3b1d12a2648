import type { Scope } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { ServiceClient } from '../domain/service-client.js';

interface Row {
  client_id: string;
  secret_hash: string;
  scopes: Scope[];
  hospital: string | null;
}

export interface StoredClient extends ServiceClient {
  readonly secretHash: string;
}

export async function listClients(
  sql: Sql,
  { after, limit }: { after: string; limit: number },
): Promise<ServiceClient[]> {
  const rows = await sql.query<Row>(
    'SELECT client_id, scopes, hospital FROM service_clients WHERE client_id > $1 ORDER BY client_id LIMIT $2',
    [after, limit],
  );
  return rows.map(clientOf);
}

export async function findClient(sql: Sql, clientId: string): Promise<StoredClient | undefined> {
  const row = await first<Row>(sql, 'SELECT * FROM service_clients WHERE client_id = $1', [clientId]);
  return row === undefined ? undefined : { ...clientOf(row), secretHash: row.secret_hash };
}

export async function insertClient(sql: Sql, client: ServiceClient, secretHash: string): Promise<void> {
  await sql.query(
    'INSERT INTO service_clients (client_id, secret_hash, scopes, hospital, changed_at) VALUES ($1, $2, $3, $4, now())',
    [client.clientId, secretHash, client.scopes, client.hospital],
  );
}

/** Adds the client, or gives it the new secret: an older one stops working at once. */
export async function replaceClient(sql: Sql, client: ServiceClient, secretHash: string): Promise<void> {
  await sql.query(
    `INSERT INTO service_clients (client_id, secret_hash, scopes, hospital, changed_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (client_id) DO UPDATE SET secret_hash = excluded.secret_hash, scopes = excluded.scopes,
       hospital = excluded.hospital, changed_at = excluded.changed_at`,
    [client.clientId, secretHash, client.scopes, client.hospital],
  );
}

/** Whether there is such a client. */
export async function setClientSecret(sql: Sql, clientId: string, secretHash: string): Promise<boolean> {
  const rows = await sql.query(
    'UPDATE service_clients SET secret_hash = $2, changed_at = now() WHERE client_id = $1 RETURNING 1',
    [clientId, secretHash],
  );
  return rows.length > 0;
}

/** Whether there was such a client. */
export async function deleteClient(sql: Sql, clientId: string): Promise<boolean> {
  return (await sql.query('DELETE FROM service_clients WHERE client_id = $1 RETURNING 1', [clientId])).length > 0;
}

const clientOf = ({ client_id, scopes, hospital }: Row): ServiceClient => ({ clientId: client_id, scopes, hospital });
