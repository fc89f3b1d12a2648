import { first, type Sql } from '@yinglian/persistence';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { clientById } from '../storage/client.store.js';

/** What the OpenID provider keeps, in PostgreSQL; its service clients come from the directory's own table. */
export class OidcObjects implements Adapter {
  constructor(
    private readonly sql: Sql,
    private readonly model: string,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    await this.sql.query(
      `INSERT INTO oidc_objects (model, id, payload, grant_id, uid, expires_at)
       VALUES ($1, $2, $3, $4, $5, CASE WHEN $6::int IS NULL THEN NULL ELSE now() + make_interval(secs => $6) END)
       ON CONFLICT (model, id) DO UPDATE
       SET payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`,
      [this.model, id, JSON.stringify(payload), payload.grantId ?? null, payload.uid ?? null, expiresIn ?? null],
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.model === 'Client') return this.client(id);
    return this.one('id = $2', id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.one('uid = $2', uid);
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    await this.sql.query('UPDATE oidc_objects SET consumed_at = now() WHERE model = $1 AND id = $2', [this.model, id]);
  }

  async destroy(id: string): Promise<void> {
    await this.sql.query('DELETE FROM oidc_objects WHERE model = $1 AND id = $2', [this.model, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.sql.query('DELETE FROM oidc_objects WHERE grant_id = $1', [grantId]);
  }

  private async one(condition: string, value: string): Promise<AdapterPayload | undefined> {
    const row = await first<{ payload: AdapterPayload; consumed: number | null }>(
      this.sql,
      `SELECT payload, extract(epoch FROM consumed_at)::int AS consumed FROM oidc_objects
       WHERE model = $1 AND ${condition} AND (expires_at IS NULL OR expires_at > now())`,
      [this.model, value],
    );
    if (row === undefined) return undefined;
    return row.consumed === null ? row.payload : { ...row.payload, consumed: row.consumed };
  }

  private async client(clientId: string): Promise<AdapterPayload | undefined> {
    const client = await clientById(this.sql, clientId);
    if (client === undefined) return undefined;
    return {
      client_id: client.clientId,
      client_secret: client.secretSha256,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: client.scopes.join(' '),
      hospital: client.hospital,
    };
  }
}
