import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { type CaseVerdict, stateAfter } from '../domain/case.js';
import { addEntry, type CaseEntry, caseToChange } from '../storage/case.store.js';
import { recordsOfCase } from '../storage/case-records.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';

export interface NewEntry {
  readonly kind: CaseEntry['kind'];
  readonly verdict: CaseVerdict | null;
  readonly body: string;
}

const ACTIONS = { note: 'case.note', verdict: 'case.close', answer: 'case.answer' } as const;

/** Adds to a case what an auditor notes, finds or answers; what stands there stays. */
@Injectable()
export class DecideCaseHandler {
  constructor(private readonly database: Database) {}

  /** Failures: CASE_NOT_FOUND; CASE_OF_OWN for a verdict by whom its records are about; CASE_NOT_DECIDED for an answer before a verdict. */
  execute(
    caseId: string,
    { kind, verdict, body }: NewEntry,
    by: PersonPrincipal,
    now: Date,
  ): Promise<Result<CaseEntry>> {
    return this.database.transaction(async (tx): Promise<Result<CaseEntry>> => {
      const known = await caseToChange(tx, caseId);
      if (known === undefined) return failure(problems.CASE_NOT_FOUND);
      const state = stateAfter(known.state, kind);
      if (state === undefined) return failure(problems.CASE_NOT_DECIDED);
      if (kind === 'verdict') {
        const records = await recordsOfCase(tx, caseId);
        if (records.some(({ actor }) => actor.subject === by.subject)) return failure(problems.CASE_OF_OWN);
      }
      const written = { writtenBy: by.subject, displayName: by.displayName, writtenAt: now };
      const entry = { entryId: randomUUID(), kind, verdict, body, ...written };
      await addEntry(tx, caseId, entry, state);
      const deed = { action: ACTIONS[kind], personId: known.personId, code: verdict ?? 'DONE' } as const;
      await keepOwnDeed(tx, deedBy(by, { ...deed, object: { kind: 'case', id: caseId } }, now));
      return success(entry);
    });
  }
}
