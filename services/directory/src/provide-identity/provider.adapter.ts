import type { Sql } from '@yinglian/persistence';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { ClientProof } from '../domain/service-client.js';
import {
  consumeRecord,
  deleteRecord,
  deleteRecordsOfGrant,
  findRecord,
  findRecordByUid,
  saveRecord,
} from '../storage/provider-record.store.js';
import { findClient } from '../storage/service-client.store.js';

/** Where the provider keeps one kind of thing. Its service clients are the directory's own. */
export const providerAdapter = (sql: Sql, model: string): Adapter => ({
  upsert: (id, payload, expiresInS) => saveRecord(sql, { model, id, payload, expiresInS }),
  find: (id) => (model === 'Client' ? serviceClient(sql, id) : findRecord(sql, model, id)),
  findByUid: (uid) => findRecordByUid(sql, model, uid),
  // Codes typed by people belong to the device flow, which is not offered.
  findByUserCode: async () => undefined,
  consume: (id) => consumeRecord(sql, model, id),
  destroy: (id) => deleteRecord(sql, model, id),
  revokeByGrantId: (grantId) => deleteRecordsOfGrant(sql, model, grantId),
});

/** Read anew at each token request, so that a new secret, a new key or a removed client counts at once. */
async function serviceClient(sql: Sql, clientId: string): Promise<AdapterPayload | undefined> {
  const client = await findClient(sql, clientId);
  if (client === undefined) return undefined;
  return {
    client_id: client.clientId,
    ...authenticationOf(client.proof),
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: client.scopes.join(' '),
    hospital: client.hospital,
  };
}

/** RFC 7523 section 2.2, or a secret whose digest is compared: see compareClientSecret in provider.ts. */
const authenticationOf = (
  proof: ClientProof,
): Pick<AdapterPayload, 'token_endpoint_auth_method' | 'jwks' | 'client_secret'> =>
  'jwks' in proof
    ? { token_endpoint_auth_method: 'private_key_jwt', jwks: proof.jwks }
    : { token_endpoint_auth_method: 'client_secret_basic', client_secret: proof.secretHash };
