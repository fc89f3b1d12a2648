import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { personGroup, survivorOf } from '@yinglian/access';
import { AccountLinkedV1, AccountUnlinkedV1 } from '@yinglian/contracts';
import { ConsumerProgress, Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Principal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { speaksFor } from '../domain/childhood.js';
import { ofAgeAt } from '../state-consents/of-age-at.js';
import { type AccountLink, endLink, insertLink, isPatientAccount } from '../storage/account-link.store.js';
import { holdGroups } from '../storage/consent-groups.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';

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

  async link(asked: NewLink, by: Principal, now: Date): Promise<Result<{ linkId: string; endsAt: string | null }>> {
    if (!(await this.isPatients(asked.account))) return failure(consentAuditProblems.ACCOUNT_NOT_OF_PATIENT);
    const done = await this.database
      .transaction((tx) => this.linkIn(tx, asked, by, now))
      .catch((error: unknown) => {
        if (isTaken(error)) return failure(consentAuditProblems.ACCOUNT_LINKED);
        throw error;
      });
    if (done.ok) await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return done;
  }

  async unlink(linkId: string, by: PersonPrincipal, now: Date): Promise<Result<{ linkId: string }>> {
    const ended = await this.database.transaction(async (tx) => {
      const link = await endLink(tx, linkId, by.subject, now);
      if (link === undefined) return undefined;
      await this.outbox.add(tx, AccountUnlinkedV1, { linkId, ...link, unlinkedAt: now.toISOString() });
      const deed = { action: 'account.unlink', ...link, object: { kind: 'account-link', id: linkId } } as const;
      await keepOwnDeed(tx, deedBy(by, deed, now));
      return link;
    });
    if (ended === undefined) return failure(consentAuditProblems.LINK_NOT_FOUND);
    await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return success({ linkId });
  }

  private async linkIn(
    tx: Sql,
    asked: NewLink,
    by: Principal,
    now: Date,
  ): Promise<Result<{ linkId: string; endsAt: string | null }>> {
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
    const deed = { action: 'account.link', account: asked.account, personId, code: asked.standing } as const;
    await keepOwnDeed(tx, deedBy(by, { ...deed, object: { kind: 'account-link', id: linkId } }, now));
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
