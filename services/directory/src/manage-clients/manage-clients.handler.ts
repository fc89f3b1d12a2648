import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { ServiceClient } from '../domain/service-client.js';
import { deleteClient, insertClient, setClientSecret } from '../storage/service-client.store.js';
import { violatedConstraint } from '../storage/violated-constraint.js';
import { hashClientSecret, newClientSecret } from './client-secret.js';

export interface ClientCredential {
  readonly clientId: string;
  /** Shown once: only its digest is kept. */
  readonly clientSecret: string;
}

/** Programs that may ask for tokens. A new secret ends the old one at once. */
@Injectable()
export class ManageClientsHandler {
  constructor(private readonly database: Database) {}

  async add(client: ServiceClient): Promise<Result<ClientCredential>> {
    const clientSecret = newClientSecret();
    try {
      await insertClient(this.database, client, hashClientSecret(clientSecret));
      return success({ clientId: client.clientId, clientSecret });
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === 'service_clients_pkey') return failure(directoryProblems.CLIENT_ID_TAKEN);
      if (constraint === 'service_clients_hospital') return failure(directoryProblems.HOSPITAL_NOT_FOUND);
      throw error;
    }
  }

  async newSecret(clientId: string): Promise<Result<ClientCredential>> {
    const clientSecret = newClientSecret();
    const isKnown = await setClientSecret(this.database, clientId, hashClientSecret(clientSecret));
    return isKnown ? success({ clientId, clientSecret }) : failure(directoryProblems.CLIENT_NOT_FOUND);
  }

  async remove(clientId: string): Promise<Result<void>> {
    const wasKnown = await deleteClient(this.database, clientId);
    return wasKnown ? success(undefined) : failure(directoryProblems.CLIENT_NOT_FOUND);
  }
}
