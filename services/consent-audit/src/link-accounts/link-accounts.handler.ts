import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { personGroup, survivorOf } from '@yinglian/access';
import { AccountLinkedV1, AccountUnlinkedV1 } from '@yinglian/contracts';
import { ConsumerProgress, Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { speaksFor } from '../domain/childhood.js';
import { ofAgeAt } from '../state-consents/of-age-at.js';
import { type AccountLink, endLink, insertLink, isPatientAccount } from '../storage/account-link.store.js';
import { holdGroups } from '../storage/consent-groups.js';

const CATCH_UP_TIMEOUT_MS = 1_500;
const FLUSH_TIMEOUT_MS = 2_000;

export type NewLink = Pick<
  AccountLink,
  'account' | 'personId' | 'standing' | 'proof' | 'identity' | 'linkedBy' | 'linkedAtHospital'
>;

/** A clerk has seen a document, and lets an account stand for a patient. Answers come when the event is in the log. */
@Injectable()
export class LinkAccountsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly progress: ConsumerProgress,
  ) {}

  async link(asked: NewLink, now: Date): Promise<Result<{ linkId: string; endsAt: string | null }>> {
    if (!(await this.isPatients(asked.account))) return failure(consentAuditProblems.ACCOUNT_NOT_OF_PATIENT);
    const done = await this.database
      .transaction((tx) => this.linkIn(tx, asked, now))
      .catch((error: unknown) => {
        if (isTaken(error)) return failure(consentAuditProblems.ACCOUNT_LINKED);
        throw error;
      });
    if (done.ok) await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return done;
  }

  async unlink(linkId: string, by: string, now: Date): Promise<Result<{ linkId: string }>> {
    const ended = await this.database.transaction(async (tx) => {
      const link = await endLink(tx, linkId, by, now);
      if (link !== undefined)
        await this.outbox.add(tx, AccountUnlinkedV1, { linkId, ...link, unlinkedAt: now.toISOString() });
      return link;
    });
    if (ended === undefined) return failure(consentAuditProblems.LINK_NOT_FOUND);
    await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return success({ linkId });
  }

  private async linkIn(tx: Sql, asked: NewLink, now: Date): Promise<Result<{ linkId: string; endsAt: string | null }>> {
    await holdGroups(tx);
    const personId = await survivorOf(tx, asked.personId);
    const persons = [...(await personGroup(tx, personId))];
    const ofAge = await ofAgeAt(tx, persons);
    const refused = speaksFor(asked.standing === 'self' ? 'patient' : 'guardian', ofAge, now);
    if (refused !== null) return failure(consentAuditProblems[refused]);
    const linkId = randomUUID();
    const endsAt = asked.standing === 'guardian' ? ofAge : null;
    await insertLink(tx, { ...asked, linkId, personId, persons, linkedAt: now, endsAt });
    const told = { linkId, account: asked.account, personId, persons, endsAt: endsAt?.toISOString() ?? null };
    await this.outbox.add(tx, AccountLinkedV1, { ...told, linkedAt: now.toISOString() });
    return success({ linkId, endsAt: told.endsAt });
  }

  /** An account that is not known may have been made just now. */
  private async isPatients(account: string): Promise<boolean> {
    if (await isPatientAccount(this.database, account)) return true;
    await this.progress.caughtUp(['directory'], CATCH_UP_TIMEOUT_MS).catch(() => false);
    return isPatientAccount(this.database, account);
  }
}

const isTaken = (error: unknown) =>
  typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'account_links_self';
