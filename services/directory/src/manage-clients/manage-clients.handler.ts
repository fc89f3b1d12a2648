import { Injectable } from '@nestjs/common';
import { type ClientKeys, DeedRecordedV1, purposeOf } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { type Deed, deedBy, failure, type Principal, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { ClientProof, ServiceClient } from '../domain/service-client.js';
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

/** Programs that may ask for tokens. A new secret ends the old one at once. Each change is recorded. */
@Injectable()
export class ManageClientsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async add({ jwks, ...client }: NewClient, by: Principal, now: Date): Promise<Result<ClientCredential>> {
    if (purposeOf(client.scopes) === undefined) return failure(directoryProblems.CLIENT_OF_SEVERAL_PURPOSES);
    const { clientId, hospital } = client;
    const add = (proof: ClientProof) =>
      this.recorded(by, deedOn('client.add', clientId, hospital), now, async (tx) => {
        await insertClient(tx, client, proof);
        return true;
      });
    try {
      if (jwks !== undefined) {
        await add({ jwks });
        return success({ clientId });
      }
      const clientSecret = newClientSecret();
      await add({ secretHash: hashClientSecret(clientSecret) });
      return success({ clientId, clientSecret });
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === 'service_clients_pkey') return failure(directoryProblems.CLIENT_ID_TAKEN);
      if (constraint === 'service_clients_hospital') return failure(directoryProblems.HOSPITAL_NOT_FOUND);
      throw error;
    }
  }

  async newSecret(clientId: string, by: Principal, now: Date): Promise<Result<ClientCredential>> {
    const clientSecret = newClientSecret();
    const isKnown = await this.recorded(by, deedOn('client.renew', clientId), now, (tx) =>
      setClientProof(tx, clientId, { secretHash: hashClientSecret(clientSecret) }),
    );
    return isKnown ? success({ clientId, clientSecret }) : failure(directoryProblems.CLIENT_NOT_FOUND);
  }

  /** From now on it signs with any of these keys, and with no other; a secret that it had stops working. */
  async setKeys(clientId: string, jwks: ClientKeys, by: Principal, now: Date): Promise<Result<void>> {
    const isKnown = await this.recorded(by, deedOn('client.renew', clientId), now, (tx) =>
      setClientProof(tx, clientId, { jwks }),
    );
    return isKnown ? success(undefined) : failure(directoryProblems.CLIENT_NOT_FOUND);
  }

  async remove(clientId: string, by: Principal, now: Date): Promise<Result<void>> {
    const wasKnown = await this.recorded(by, deedOn('client.remove', clientId), now, (tx) =>
      deleteClient(tx, clientId),
    );
    return wasKnown ? success(undefined) : failure(directoryProblems.CLIENT_NOT_FOUND);
  }

  /** Records what `work` says it did. */
  private recorded(by: Principal, deed: Deed, now: Date, work: (tx: Sql) => Promise<boolean>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const isDone = await work(tx);
      if (isDone) await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deed, now));
      return isDone;
    });
  }
}

const deedOn = (action: Deed['action'], clientId: string, hospital: string | null = null): Deed => ({
  action,
  hospital,
  object: { kind: 'client', id: clientId },
});
