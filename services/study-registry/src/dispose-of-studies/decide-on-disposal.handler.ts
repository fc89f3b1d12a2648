import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import {
  type Deed,
  deedBy,
  failure,
  type PersonPrincipal,
  platformProblems,
  type Result,
  success,
} from '@yinglian/platform';
import { type Disposal, obstacleTo } from '../domain/disposal.js';
import { dayOf } from '../domain/retention-rule.js';
import { isBeingRebuilt } from '../rebuild-index/is-being-rebuilt.js';
import { DisposalStore } from '../storage/disposal.store.js';
import { StudyStore } from '../storage/study.store.js';
import { registryProblems } from '../study-registry.errors.js';
import { aboutDecisions } from '../withdraw-studies/about-decisions.js';
import { disposalProblems as problems } from './dispose-of-studies.errors.js';
import { findDisposal } from './find-disposal.js';
import { studyToDispose } from './study-to-dispose.js';

/** The hospital's steward confirms a disposal, the commission's registers it, either takes it back while nothing is destroyed (ADR 0043). */
@Injectable()
export class DecideOnDisposalHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Failures: the refusal's 403; ROLE_NOT_ALLOWED for the commission's stewards; STUDY_NOT_FOUND, also for another hospital's; STUDY_IS_KEPT, DISPOSAL_DECIDED_ALREADY; UNAVAILABLE. */
  async confirm(studyInstanceUid: string, note: string, steward: PersonPrincipal): Promise<Result<Disposal>> {
    const known = await new StudyStore(this.database).find(studyInstanceUid);
    const about = aboutDecisions(steward, studyInstanceUid, known);
    const decided = await this.access.authorize(about, { query: ['confirm-disposal'] });
    if (!decided.ok) return decided;
    if (steward.hospital === null) return failure(platformProblems.ROLE_NOT_ALLOWED);
    if (known === undefined || known.hospital !== steward.hospital) return failure(registryProblems.STUDY_NOT_FOUND);
    return this.locked(studyInstanceUid, async (tx) => {
      const disposals = new DisposalStore(tx);
      if ((await disposals.underWay(studyInstanceUid)) !== undefined) return failure(problems.DISPOSAL_DECIDED_ALREADY);
      const free = await this.isFree(tx, studyInstanceUid);
      if (!free.ok) return free;
      const { hospital } = known;
      const by = { by: steward.subject, byName: steward.displayName, at: new Date() };
      const confirmed = await disposals.confirm({ studyInstanceUid, hospital, note, ...by });
      await this.record(tx, 'disposal.confirm', confirmed, steward, by.at);
      return success(confirmed);
    });
  }

  /** Failures: the refusal's 403; ROLE_NOT_ALLOWED for hospitals' stewards; DISPOSAL_NOT_FOUND; SECOND_STEWARD_NEEDED; STUDY_IS_KEPT, DISPOSAL_DECIDED_ALREADY; UNAVAILABLE. */
  async register(disposalId: number, steward: PersonPrincipal): Promise<Result<Disposal>> {
    const disposal = await this.find(disposalId, steward, 'register-disposal');
    if (!disposal.ok) return disposal;
    const { studyInstanceUid, confirmedBy } = disposal.value;
    if (steward.hospital !== null) return failure(platformProblems.ROLE_NOT_ALLOWED);
    if (steward.subject === confirmedBy) return failure(problems.SECOND_STEWARD_NEEDED);
    return this.locked(studyInstanceUid, async (tx) => {
      const free = await this.isFree(tx, studyInstanceUid);
      if (!free.ok) return free;
      const { subject, displayName } = steward;
      const now = new Date();
      const registered = await new DisposalStore(tx).register(disposalId, subject, displayName, now);
      if (registered === undefined) return failure(problems.DISPOSAL_DECIDED_ALREADY);
      await this.record(tx, 'disposal.register', registered, steward, now);
      return success(registered);
    });
  }

  /** Failures: the refusal's 403; DISPOSAL_NOT_FOUND; DISPOSAL_DECIDED_ALREADY once it is being destroyed. */
  async takeBack(disposalId: number, steward: PersonPrincipal): Promise<Result<Disposal>> {
    const disposal = await this.find(disposalId, steward, 'take-back-disposal');
    if (!disposal.ok) return disposal;
    return this.locked(disposal.value.studyInstanceUid, async (tx) => {
      const stopped = await new DisposalStore(tx).stop(disposalId, 'TAKEN_BACK');
      if (stopped === undefined) return failure(problems.DISPOSAL_DECIDED_ALREADY);
      await this.record(tx, 'disposal.withdraw', stopped, steward, new Date());
      return success(stopped);
    });
  }

  private record(tx: Sql, action: Deed['action'], disposal: Disposal, by: PersonPrincipal, at: Date): Promise<void> {
    const { disposalId, studyInstanceUid, hospital } = disposal;
    const object = { kind: 'disposal', id: String(disposalId) } as const;
    return this.outbox.add(tx, DeedRecordedV1, deedBy(by, { action, studyInstanceUid, hospital, object }, at));
  }

  private find(disposalId: number, steward: PersonPrincipal, what: string): Promise<Result<Disposal>> {
    const { access, database } = this;
    return findDisposal({ access, database }, disposalId, steward, what);
  }

  private locked<T>(studyUid: string, work: (tx: Sql) => Promise<Result<T>>): Promise<Result<T>> {
    return this.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(studyUid);
      return (await isBeingRebuilt(tx)) ? failure(platformProblems.UNAVAILABLE) : work(tx);
    });
  }

  private async isFree(tx: Sql, studyUid: string): Promise<Result<null>> {
    const today = dayOf(new Date());
    const obstacle = obstacleTo(await studyToDispose(tx, studyUid, today), today);
    return obstacle === null ? success(null) : failure(problems.STUDY_IS_KEPT, obstacle);
  }
}
