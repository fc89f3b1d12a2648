import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import type { StudyDecision } from '../domain/study-decision.js';
import { StudyStore } from '../storage/study.store.js';
import { type DecisionPage, type ListedDecision, StudyDecisionStore } from '../storage/study-decision.store.js';
import { registryProblems } from '../study-registry.errors.js';
import { aboutDecisions, mayDecide } from './about-decisions.js';
import { ShowRegisteredHandler, type StudyWithSeries } from './show-registered.handler.js';

export interface DecisionsOfStudy {
  readonly isWithdrawn: boolean;
  readonly isHeld: boolean;
  /** Registered, whether shown or not. */
  readonly instances: number;
  readonly shownInstances: number;
  /** Null where the patient closed it to who asks. */
  readonly study: StudyWithSeries | null;
  readonly decisions: readonly StudyDecision[];
}

/** What was decided about studies, for those who may decide; looking names patients and is recorded like any search. */
@Injectable()
export class ShowDecisionsHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly showRegistered: ShowRegisteredHandler,
  ) {}

  /** Failures: the refusal's 403; STUDY_NOT_FOUND, also for another hospital's. */
  async ofStudy(studyInstanceUid: string, caller: PersonPrincipal): Promise<Result<DecisionsOfStudy>> {
    const study = await new StudyStore(this.database).find(studyInstanceUid);
    const asked = { query: ['decisions'] };
    const decided = await this.access.authorize(aboutDecisions(caller, studyInstanceUid, study), asked);
    if (!decided.ok) return decided;
    if (study === undefined || !mayDecide(caller, study)) return failure(registryProblems.STUDY_NOT_FOUND);
    const [named, decisions] = await Promise.all([
      this.showRegistered.study(studyInstanceUid, caller),
      new StudyDecisionStore(this.database).of(studyInstanceUid),
    ]);
    return success({
      isWithdrawn: study.is_withdrawn,
      isHeld: study.is_held,
      instances: study.instance_count,
      shownInstances: study.is_withdrawn ? 0 : study.instance_count - study.withdrawn_instances,
      study: named,
      decisions,
    });
  }

  /** Newest first. A hospital's steward sees those about what that hospital made. Failures: the refusal's 403. */
  async list(page: DecisionPage, caller: PersonPrincipal): Promise<Result<ListedDecision[]>> {
    const decided = await this.access.authorize(aboutDecisions(caller, null), { query: ['decisions'] });
    if (!decided.ok) return decided;
    if (caller.hospital !== null && page.hospital !== null && page.hospital !== caller.hospital) return success([]);
    const hospital = caller.hospital ?? page.hospital;
    return success(await new StudyDecisionStore(this.database).list({ ...page, hospital }));
  }
}
