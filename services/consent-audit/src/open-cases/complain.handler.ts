import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { findAccess } from '../storage/access-page.js';
import { complaintAbout } from '../storage/case.store.js';
import { OpenCaseHandler } from './open-case.handler.js';

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
    private readonly access: AccessDecisionPoint,
  ) {}

  /** Saying it again answers the same case. Failures: RECORD_NOT_FOUND, also for a record about somebody whom the account does not stand for. */
  async execute(
    { accessId, reason }: Complaint,
    patient: PersonPrincipal,
    now: Date,
  ): Promise<Result<{ caseId: string }>> {
    const record = await findAccess(this.database, accessId);
    if (record === undefined || record.personId === null) return failure(problems.RECORD_NOT_FOUND);
    const about = { personId: record.personId, studyInstanceUid: null, ownerHospital: null };
    const asked = { actor: actorOf(patient), action: 'audit.search' as const, ...about };
    if (!(await this.access.authorize(asked, { query: ['complaint'] })).ok) return failure(problems.RECORD_NOT_FOUND);
    const known = await complaintAbout(this.database, accessId, patient.subject);
    if (known !== undefined) return success({ caseId: known.caseId });
    return this.openCase.execute({ origin: 'patient', title: reason, accessIds: [accessId] }, patient, now);
  }
}
