import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { OpenCaseHandler } from '../open-cases/open-case.handler.js';
import { accessIdsOf, type Finding, findingToChange, settle } from '../storage/finding.store.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';

/** An auditor makes a case of a finding, or says why it is none. Each is settled once. */
@Injectable()
export class SettleFindingHandler {
  constructor(
    private readonly database: Database,
    private readonly openCase: OpenCaseHandler,
  ) {}

  /** Failures: FINDING_NOT_FOUND, FINDING_SETTLED. */
  intoCase(findingId: string, title: string, by: PersonPrincipal, now: Date): Promise<Result<{ caseId: string }>> {
    return this.settled(findingId, async (tx) => {
      const accessIds = await accessIdsOf(tx, findingId);
      const opened = await this.openCase.within(tx, { origin: 'finding', title, accessIds }, by, now);
      if (!opened.ok) return opened;
      await settle(tx, findingId, { by: by.subject, caseId: opened.value.caseId, note: null }, now);
      return opened;
    });
  }

  /** The same failures. */
  dismiss(findingId: string, note: string, by: PersonPrincipal, now: Date): Promise<Result<{ findingId: string }>> {
    return this.settled(findingId, async (tx, { actor, rule }) => {
      await settle(tx, findingId, { by: by.subject, caseId: null, note }, now);
      const object = { kind: 'finding', id: findingId } as const;
      const deed = { action: 'finding.dismiss', account: actor.subject, object, code: rule } as const;
      await keepOwnDeed(tx, deedBy(by, deed, now));
      return success({ findingId });
    });
  }

  private settled<T>(findingId: string, work: (tx: Sql, finding: Finding) => Promise<Result<T>>): Promise<Result<T>> {
    return this.database.transaction(async (tx) => {
      const finding = await findingToChange(tx, findingId);
      if (finding === undefined) return failure(problems.FINDING_NOT_FOUND);
      return finding.settledAt === null ? work(tx, finding) : failure(problems.FINDING_SETTLED);
    });
  }
}
