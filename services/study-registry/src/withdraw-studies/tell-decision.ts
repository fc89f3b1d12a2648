import { Injectable } from '@nestjs/common';
import {
  DeedRecordedV1,
  StudyHeldV1,
  StudyReleasedV1,
  StudyRestoredV1,
  StudyUpdatedV1,
  StudyWithdrawnV1,
} from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { deedBy, type PersonPrincipal } from '@yinglian/platform';
import type { StudyDecision } from '../domain/study-decision.js';
import { advanceStudy } from '../follow-arrivals/advance-study.js';
import { StudyStore } from '../storage/study.store.js';
import type { ChangeKind } from '../storage/study-change.store.js';
import { StudyDecisionStore } from '../storage/study-decision.store.js';
import type { StudyRow } from '../storage/study-row.js';

/** Tells services and followers of changes what a steward decided, in the transaction of the decision. */
@Injectable()
export class TellDecision {
  constructor(private readonly outbox: Outbox) {}

  /** @param before the study as it was before the decision was applied */
  async execute(tx: Sql, before: StudyRow, made: StudyDecision, steward: PersonPrincipal): Promise<void> {
    await this.tell(tx, before, made);
    await this.record(tx, before, made, steward);
  }

  private async record(
    tx: Sql,
    { study_uid, hospital, person_id }: StudyRow,
    made: StudyDecision,
    by: PersonPrincipal,
  ) {
    const about = { studyInstanceUid: study_uid, hospital, personId: person_id };
    const part = [...(made.seriesInstanceUid ? ['series'] : []), ...(made.sopInstanceUid ? ['instance'] : [])];
    const deed = { ...about, action: `study.${made.decision}`, code: made.reason ?? 'DONE', changed: part } as const;
    await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deed, made.decidedAt));
  }

  private async tell(tx: Sql, before: StudyRow, made: StudyDecision): Promise<void> {
    const { decision, seriesInstanceUid, decidedAt } = made;
    const study = { studyInstanceUid: before.study_uid, hospital: before.hospital };
    const at = decidedAt.toISOString();
    if (decision === 'hold') return this.outbox.add(tx, StudyHeldV1, { ...study, heldAt: at });
    if (decision === 'release') return this.outbox.add(tx, StudyReleasedV1, { ...study, releasedAt: at });
    if (seriesInstanceUid !== null) return this.updated(tx, before.study_uid, decidedAt);
    const { reason } = made;
    if (decision === 'withdraw' && reason !== null) {
      return this.advance(tx, before, 'withdrawn', decidedAt, (version) =>
        this.outbox.add(tx, StudyWithdrawnV1, { ...study, version, reason, withdrawnAt: at }),
      );
    }
    // What came while it was withdrawn was not told: it is compared with what was told last.
    const then = await new StudyDecisionStore(tx).lastWithdrawal(before.study_uid);
    const instances = before.instance_count - before.withdrawn_instances;
    const asTold = { ...before, is_withdrawn: false, received_count: then?.received ?? before.received_count };
    const told = { ...asTold, instance_count: then?.instances ?? before.instance_count };
    const tell = (version: number) =>
      this.outbox.add(tx, StudyRestoredV1, { ...study, version, instances, restoredAt: at });
    await this.advance(tx, told, 'restored', decidedAt, tell, before.instance_count);
  }

  /** Part of a study is shown no more, or again. Of one that is withdrawn nothing is told. */
  private async updated(tx: Sql, studyUid: string, at: Date): Promise<void> {
    const study = await new StudyStore(tx).find(studyUid);
    if (study === undefined) return;
    const { study_uid: studyInstanceUid, hospital } = study;
    const instances = study.instance_count - study.withdrawn_instances;
    await this.advance(tx, study, 'updated', at, (version) =>
      this.outbox.add(tx, StudyUpdatedV1, {
        studyInstanceUid,
        hospital,
        version,
        instances,
        updatedAt: at.toISOString(),
      }),
    );
  }

  private advance(
    tx: Sql,
    study: StudyRow,
    kind: ChangeKind,
    at: Date,
    tell: (version: number) => Promise<void>,
    instances = study.instance_count,
  ): Promise<void> {
    const growth = { kind, series: study.series_count, instances, contentsDigest: study.contents_digest };
    return advanceStudy(tx, this.outbox, study, growth, at, tell);
  }
}
