import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { personGroup } from '@yinglian/access';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { arePatients, endVip, insertVip } from '../storage/vip.store.js';

/** Who is on the list of persons who are looked at out of curiosity (ADR 0063). */
@Injectable()
export class KeepVipsHandler {
  constructor(private readonly database: Database) {}

  /** Failures: PERSON_UNKNOWN, VIP_LISTED. */
  list(personId: string, reason: string, by: PersonPrincipal, now: Date): Promise<Result<{ vipId: string }>> {
    return this.database.transaction(async (tx): Promise<Result<{ vipId: string }>> => {
      if (!(await arePatients(tx, await personGroup(tx, personId)))) return failure(problems.PERSON_UNKNOWN);
      const vipId = randomUUID();
      const listed = { listedBy: by.subject, displayName: by.displayName, listedAt: now };
      if (!(await insertVip(tx, { vipId, personId, reason, ...listed }))) return failure(problems.VIP_LISTED);
      await keepDeed(tx, 'vip.list', vipId, by, now);
      return success({ vipId });
    });
  }

  /** Failure: VIP_NOT_FOUND. */
  end(vipId: string, by: PersonPrincipal, now: Date): Promise<Result<{ vipId: string }>> {
    return this.database.transaction(async (tx): Promise<Result<{ vipId: string }>> => {
      if (!(await endVip(tx, vipId, by.subject, now))) return failure(problems.VIP_NOT_FOUND);
      await keepDeed(tx, 'vip.end', vipId, by, now);
      return success({ vipId });
    });
  }
}

/** Without the person: clerks read what is recorded of somebody, and the list is not theirs. */
const keepDeed = (tx: Sql, action: 'vip.list' | 'vip.end', vipId: string, by: PersonPrincipal, now: Date) =>
  keepOwnDeed(tx, deedBy(by, { action, object: { kind: 'vip', id: vipId } }, now));
