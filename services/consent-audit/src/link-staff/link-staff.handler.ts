import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { personGroup, survivorOf } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import type { Identity } from '../domain/statement.js';
import { holdGroups } from '../storage/consent-groups.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { endStaffLink, insertStaffLink, isStaffAccount } from '../storage/staff-link.store.js';

export interface StaffSeen {
  readonly account: string;
  readonly personId: string;
  readonly identity: Identity;
}

/** A clerk has seen who a member of staff is. No service is told: it is for the rules of the auditors alone (ADR 0063). */
@Injectable()
export class LinkStaffHandler {
  constructor(private readonly database: Database) {}

  /** Failures: STAFF_LINK_OF_OWN, ACCOUNT_NOT_OF_STAFF, ACCOUNT_LINKED. */
  async link(
    { account, personId: seen, identity }: StaffSeen,
    by: PersonPrincipal,
    now: Date,
  ): Promise<Result<{ linkId: string }>> {
    if (account === by.subject) return failure(problems.STAFF_LINK_OF_OWN);
    if (!(await isStaffAccount(this.database, account, by.hospital))) return failure(problems.ACCOUNT_NOT_OF_STAFF);
    return this.database.transaction(async (tx): Promise<Result<{ linkId: string }>> => {
      await holdGroups(tx);
      const personId = await survivorOf(tx, seen);
      const linkId = randomUUID();
      const linked = { linkedBy: by.subject, linkedAtHospital: by.hospital, linkedAt: now };
      const link = { linkId, account, personId, persons: await personGroup(tx, personId), identity, ...linked };
      if (!(await insertStaffLink(tx, link))) return failure(problems.ACCOUNT_LINKED);
      const deed = { action: 'account.link', account, personId, code: 'staff' } as const;
      await keepOwnDeed(tx, deedBy(by, { ...deed, object: { kind: 'account-link', id: linkId } }, now));
      return success({ linkId });
    });
  }

  /** Failure: LINK_NOT_FOUND, also of one's own. */
  unlink(linkId: string, by: PersonPrincipal, now: Date): Promise<Result<{ linkId: string }>> {
    return this.database.transaction(async (tx): Promise<Result<{ linkId: string }>> => {
      const link = await endStaffLink(tx, linkId, by.subject, by.hospital, now);
      if (link === undefined) return failure(problems.LINK_NOT_FOUND);
      const deed = { action: 'account.unlink', ...link, code: 'staff' } as const;
      await keepOwnDeed(tx, deedBy(by, { ...deed, object: { kind: 'account-link', id: linkId } }, now));
      return success({ linkId });
    });
  }
}
