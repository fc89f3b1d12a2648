import type { ClientKeys, Scope } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { ClientProof, ServiceClient } from '../domain/service-client.js';

interface Row {
  client_id: string;
  secret_hash: string | null;
  jwks: ClientKeys | null;
  scopes: Scope[];
  hospital: string | null;
}

export interface StoredClient extends ServiceClient {
  readonly proof: ClientProof;
}

export async function listClients(
  sql: Sql,
  { after, limit }: { after: string; limit: number },
): Promise<StoredClient[]> {
  const rows = await sql.query<Row>('SELECT * FROM service_clients WHERE client_id > $1 ORDER BY client_id LIMIT $2', [
    after,
    limit,
  ]);
  return rows.map(clientOf);
}

export async function findClient(sql: Sql, clientId: string): Promise<StoredClient | undefined> {
  const row = await first<Row>(sql, 'SELECT * FROM service_clients WHERE client_id = $1', [clientId]);
  return row === undefined ? undefined : clientOf(row);
}

export async function insertClient(sql: Sql, client: ServiceClient, proof: ClientProof): Promise<void> {
  await sql.query(
    `INSERT INTO service_clients (client_id, scopes, hospital, changed_at, secret_hash, jwks)
     VALUES ($1, $2, $3, now(), $4, $5)`,
    valuesOf(client, proof),
  );
}

/** Adds the client, or gives it the new proof: an older one stops working at once. */
export async function replaceClient(sql: Sql, client: ServiceClient, proof: ClientProof): Promise<void> {
  await sql.query(
    `INSERT INTO service_clients (client_id, scopes, hospital, changed_at, secret_hash, jwks)
     VALUES ($1, $2, $3, now(), $4, $5)
     ON CONFLICT (client_id) DO UPDATE SET scopes = excluded.scopes, hospital = excluded.hospital,
       changed_at = excluded.changed_at, secret_hash = excluded.secret_hash, jwks = excluded.jwks`,
    valuesOf(client, proof),
  );
}

/** Whether there is such a client. */
export async function setClientProof(sql: Sql, clientId: string, proof: ClientProof): Promise<boolean> {
  const rows = await sql.query(
    'UPDATE service_clients SET secret_hash = $2, jwks = $3, changed_at = now() WHERE client_id = $1 RETURNING 1',
    [clientId, ...proofValues(proof)],
  );
  return rows.length > 0;
}

/** Whether there was such a client. */
export async function deleteClient(sql: Sql, clientId: string): Promise<boolean> {
  return (await sql.query('DELETE FROM service_clients WHERE client_id = $1 RETURNING 1', [clientId])).length > 0;
}

const proofValues = (proof: ClientProof) => ('jwks' in proof ? [null, proof.jwks] : [proof.secretHash, null]);

const valuesOf = ({ clientId, scopes, hospital }: ServiceClient, proof: ClientProof) => [
  clientId,
  scopes,
  hospital,
  ...proofValues(proof),
];

function clientOf({ client_id: clientId, secret_hash: secretHash, jwks, scopes, hospital }: Row): StoredClient {
  if (jwks !== null) return { clientId, scopes, hospital, proof: { jwks } };
  if (secretHash !== null) return { clientId, scopes, hospital, proof: { secretHash } };
  throw new Error('A client has neither a secret nor keys');
}
