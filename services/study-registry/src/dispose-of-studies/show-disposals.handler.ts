import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { certificateOf, type Disposal, type DisposalObstacle, dueAt, obstacleTo } from '../domain/disposal.js';
import { dayOf, type RetentionRule } from '../domain/retention-rule.js';
import { type DisposalPage, DisposalStore } from '../storage/disposal.store.js';
import { type AgedStudy, RetentionStore } from '../storage/retention.store.js';
import { aboutDecisions } from '../withdraw-studies/about-decisions.js';
import { DisposalSettings } from './disposal-settings.js';
import { disposalProblems as problems } from './dispose-of-studies.errors.js';
import { findDisposal } from './find-disposal.js';
import { studyToDispose } from './study-to-dispose.js';

export interface ShownDisposal extends Disposal {
  /** When its time of grace is over; null unless it is registered. */
  readonly dueAt: Date | null;
}

/** A disposal with what holds of its study now, as long as nothing is destroyed. */
export interface WeighedDisposal extends ShownDisposal {
  readonly obstacle: DisposalObstacle | null;
  /** What its retention rested on; null where a later visit keeps it again, or it is gone. */
  readonly retention: Pick<AgedStudy, 'instances' | 'lastVisit' | 'patientClass' | 'retainUntil'> | null;
  readonly rules: readonly RetentionRule[];
}

/** What was given up and destroyed: of the steward's hospital, or of all for one of the commission. */
@Injectable()
export class ShowDisposalsHandler {
  readonly graceDays: number;

  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    { graceDays }: DisposalSettings,
  ) {
    this.graceDays = graceDays;
  }

  /** Newest first. Failures: the refusal's 403. */
  async list(page: DisposalPage, caller: PersonPrincipal): Promise<Result<ShownDisposal[]>> {
    const decided = await this.access.authorize(aboutDecisions(caller, null), { query: ['disposals'] });
    if (!decided.ok) return decided;
    if (caller.hospital !== null && page.hospital !== null && page.hospital !== caller.hospital) return success([]);
    const disposals = await new DisposalStore(this.database).list({
      ...page,
      hospital: caller.hospital ?? page.hospital,
    });
    return success(disposals.map((disposal) => this.shown(disposal)));
  }

  /** Failures: the refusal's 403; DISPOSAL_NOT_FOUND, also for another hospital's. */
  async one(disposalId: number, caller: PersonPrincipal): Promise<Result<WeighedDisposal>> {
    const found = await findDisposal({ access: this.access, database: this.database }, disposalId, caller, 'disposal');
    if (!found.ok) return found;
    const disposal = this.shown(found.value);
    const today = dayOf(new Date());
    const rules = await new RetentionStore(this.database).rules(today);
    if (disposal.state !== 'confirmed' && disposal.state !== 'registered')
      return success({ ...disposal, obstacle: null, retention: null, rules });
    const study = await studyToDispose(this.database, disposal.studyInstanceUid, today);
    const obstacle = obstacleTo(study, today);
    return success({ ...disposal, obstacle, retention: endedRetention(study?.retention, today), rules });
  }

  /** What lies in the stores too. Failures: the refusal's 403; DISPOSAL_NOT_FOUND, also of what is not destroyed. */
  async certificate(disposalId: number, caller: PersonPrincipal): Promise<Result<ReturnType<typeof certificateOf>>> {
    const found = await findDisposal(
      { access: this.access, database: this.database },
      disposalId,
      caller,
      'disposal-certificate',
    );
    if (!found.ok) return found;
    const { state, endedAt } = found.value;
    if (state !== 'destroyed' || endedAt === null) return failure(problems.DISPOSAL_NOT_FOUND);
    return success(certificateOf(found.value, endedAt));
  }

  private shown(disposal: Disposal): ShownDisposal {
    return { ...disposal, dueAt: dueAt(disposal, this.graceDays) };
  }
}

/** As proposals tell it: nothing of the visits of a patient whose studies are still kept. */
function endedRetention(study: AgedStudy | undefined, today: string): WeighedDisposal['retention'] {
  if (study === undefined || study.retainUntil >= today) return null;
  const { instances, lastVisit, patientClass, retainUntil } = study;
  return { instances, lastVisit, patientClass, retainUntil };
}
