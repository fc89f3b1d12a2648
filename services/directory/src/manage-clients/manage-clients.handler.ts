import { Injectable } from '@nestjs/common';
import { type ClientKeys, purposeOf } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { ServiceClient } from '../domain/service-client.js';
import { deleteClient, insertClient, setClientProof } from '../storage/service-client.store.js';
import { violatedConstraint } from '../storage/violated-constraint.js';
import { hashClientSecret, newClientSecret } from './client-secret.js';

export interface ClientCredential {
  readonly clientId: string;
  /** Shown once: only its digest is kept. A client with keys has none. */
  readonly clientSecret?: string;
}

export interface NewClient extends ServiceClient {
  readonly jwks?: ClientKeys;
}

/** Programs that may ask for tokens. A new secret ends the old one at once. */
@Injectable()
export class ManageClientsHandler {
  constructor(private readonly database: Database) {}

  async add({ jwks, ...client }: NewClient): Promise<Result<ClientCredential>> {
    if (purposeOf(client.scopes) === undefined) return failure(directoryProblems.CLIENT_OF_SEVERAL_PURPOSES);
    const { clientId } = client;
    try {
      if (jwks !== undefined) {
        await insertClient(this.database, client, { jwks });
        return success({ clientId });
      }
      const clientSecret = newClientSecret();
      await insertClient(this.database, client, { secretHash: hashClientSecret(clientSecret) });
      return success({ clientId, clientSecret });
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === 'service_clients_pkey') return failure(directoryProblems.CLIENT_ID_TAKEN);
      if (constraint === 'service_clients_hospital') return failure(directoryProblems.HOSPITAL_NOT_FOUND);
      throw error;
    }
  }

  async newSecret(clientId: string): Promise<Result<ClientCredential>> {
    const clientSecret = newClientSecret();
    const isKnown = await setClientProof(this.database, clientId, { secretHash: hashClientSecret(clientSecret) });
    return isKnown ? success({ clientId, clientSecret }) : failure(directoryProblems.CLIENT_NOT_FOUND);
  }

  /** From now on it signs with any of these keys, and with no other; a secret that it had stops working. */
  async setKeys(clientId: string, jwks: ClientKeys): Promise<Result<void>> {
    const isKnown = await setClientProof(this.database, clientId, { jwks });
    return isKnown ? success(undefined) : failure(directoryProblems.CLIENT_NOT_FOUND);
  }

  async remove(clientId: string): Promise<Result<void>> {
    const wasKnown = await deleteClient(this.database, clientId);
    return wasKnown ? success(undefined) : failure(directoryProblems.CLIENT_NOT_FOUND);
  }
}
