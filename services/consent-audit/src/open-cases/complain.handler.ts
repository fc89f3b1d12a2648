import { Inject, Injectable } from '@nestjs/common';
import { personGroup } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { findAccess } from '../storage/access-page.js';
import { complaintAbout } from '../storage/case.store.js';
import { OpenCaseHandler } from './open-case.handler.js';
import { PERSON_OF_ACCOUNT, type PersonOfAccount } from './person-of-account.js';

export interface Complaint {
  readonly accessId: string;
  /** What the patient holds to be wrong, in their own words. */
  readonly reason: string;
}

/** A patient says that a look at their own images is wrong (个人信息保护法, article 50). */
@Injectable()
export class ComplainHandler {
  constructor(
    private readonly database: Database,
    private readonly openCase: OpenCaseHandler,
    @Inject(PERSON_OF_ACCOUNT) private readonly accounts: PersonOfAccount,
  ) {}

  /** Saying it again answers the same case. Failures: ACCOUNT_NOT_LINKED; RECORD_NOT_FOUND, also for a record about somebody else. */
  async execute(
    { accessId, reason }: Complaint,
    patient: PersonPrincipal,
    now: Date,
  ): Promise<Result<{ caseId: string }>> {
    const personId = await this.accounts.personOf(patient.subject);
    if (personId === null) return failure(problems.ACCOUNT_NOT_LINKED);
    const record = await findAccess(this.database, accessId);
    const own = await personGroup(this.database, personId);
    if (record === undefined || record.personId === null || !own.includes(record.personId))
      return failure(problems.RECORD_NOT_FOUND);
    const known = await complaintAbout(this.database, accessId, patient.subject);
    if (known !== undefined) return success({ caseId: known.caseId });
    return this.openCase.execute({ origin: 'patient', title: reason, accessIds: [accessId] }, patient, now);
  }
}
