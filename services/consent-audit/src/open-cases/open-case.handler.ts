import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import type { CaseOrigin } from '../domain/case.js';
import { type AccessRow, accessesById } from '../storage/access-page.js';
import { addCaseRecords, insertCase } from '../storage/case.store.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';

export interface NewCaseAsked {
  readonly origin: CaseOrigin;
  readonly title: string;
  readonly accessIds: readonly string[];
}

/** Opens a case from records of the log. */
@Injectable()
export class OpenCaseHandler {
  constructor(private readonly database: Database) {}

  /** Failure: RECORD_NOT_FOUND, when any is none. */
  execute(asked: NewCaseAsked, by: PersonPrincipal, now: Date): Promise<Result<{ caseId: string }>> {
    return this.database.transaction((tx) => this.within(tx, asked, by, now));
  }

  /** The same, in a transaction that does more. */
  async within(
    tx: Sql,
    { origin, title, accessIds }: NewCaseAsked,
    by: PersonPrincipal,
    now: Date,
  ): Promise<Result<{ caseId: string }>> {
    const ids = [...new Set(accessIds)];
    const records = await accessesById(tx, ids);
    if (records.length < ids.length) return failure(problems.RECORD_NOT_FOUND);
    const caseId = randomUUID();
    const personId = onlyPerson(records);
    const opener = { openedBy: by.subject, displayName: by.displayName, openedAt: now };
    await insertCase(tx, { caseId, origin, title, personId, ...opener });
    await addCaseRecords(tx, caseId, ids, by.subject, now);
    const deed = { action: 'case.open', personId, object: { kind: 'case', id: caseId }, code: origin } as const;
    await keepOwnDeed(tx, deedBy(by, deed, now));
    return success({ caseId });
  }
}

/** Whom all records are about, if that is one. */
function onlyPerson(records: readonly AccessRow[]): string | null {
  const persons = new Set(records.map(({ personId }) => personId));
  return persons.size === 1 ? ([...persons][0] ?? null) : null;
}
