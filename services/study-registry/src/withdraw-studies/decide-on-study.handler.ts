import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import type { WithdrawalReason } from '@yinglian/contracts';
import { Database, type Sql } from '@yinglian/persistence';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { type DecisionKind, type DecisionTarget, isSoAlready } from '../domain/study-decision.js';
import { OpenedStudies } from '../open-study/opened-studies.js';
import { isBeingRebuilt } from '../rebuild-index/is-being-rebuilt.js';
import { StudyStore } from '../storage/study.store.js';
import { StudyContents } from '../storage/study-contents.js';
import { StudyDecisionRecords } from '../storage/study-decision-records.js';
import type { StudyRow } from '../storage/study-row.js';
import { WithdrawalStore } from '../storage/withdrawal.store.js';
import { registryProblems } from '../study-registry.errors.js';
import { aboutDecisions, mayDecide } from './about-decisions.js';
import { applyDecision } from './apply-decision.js';
import { TellDecision } from './tell-decision.js';
import { withdrawalProblems as problems } from './withdraw-studies.errors.js';

export interface DecideOnStudy extends DecisionTarget {
  readonly studyInstanceUid: string;
  readonly decision: DecisionKind;
  readonly reason: WithdrawalReason | null;
  readonly note: string;
}

export interface DecidedStudy {
  readonly isWithdrawn: boolean;
  readonly isHeld: boolean;
  /** The study's. */
  readonly version: number;
}

/** Withdraws a study, series or instance, takes that back, holds a study or releases it: recorded with who, when and why (ADR 0032). */
@Injectable()
export class DecideOnStudyHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly contents: StudyContents,
    private readonly records: StudyDecisionRecords,
    private readonly tellDecision: TellDecision,
    private readonly opened: OpenedStudies,
  ) {}

  /** Failures: the refusal's 403; STUDY_, SERIES_, INSTANCE_NOT_FOUND, STUDY_ARRIVING, STUDY_DECIDED_ALREADY, NOTHING_WOULD_REMAIN; UNAVAILABLE. */
  async execute(asked: DecideOnStudy, steward: PersonPrincipal): Promise<Result<DecidedStudy>> {
    const { studyInstanceUid, decision } = asked;
    const known = await new StudyStore(this.database).find(studyInstanceUid);
    const decided = await this.access.authorize(aboutDecisions(steward, studyInstanceUid, known), {
      query: [decision],
    });
    if (!decided.ok) return decided;
    // Another hospital's study is one that is not there: a guessed UID tells nothing.
    if (known === undefined || !mayDecide(steward, known)) return failure(registryProblems.STUDY_NOT_FOUND);
    let takeAway = async () => {};
    try {
      return await this.opened.change(studyInstanceUid, async (tx) => {
        const study = await new StudyStore(tx).find(studyInstanceUid);
        if (study === undefined) return failure(registryProblems.STUDY_NOT_FOUND);
        if (await isBeingRebuilt(tx)) return failure(platformProblems.UNAVAILABLE);
        const possible = await this.isPossible(tx, asked, study);
        if (!possible.ok) return possible;
        const { seriesInstanceUid, sopInstanceUid, reason, note } = asked;
        const made = {
          decision,
          seriesInstanceUid,
          sopInstanceUid,
          reason,
          note,
          decidedBy: steward.subject,
          decidedByName: steward.displayName,
          decidedAt: new Date(),
          instances: study.instance_count,
          received: study.received_count,
        };
        const number = await applyDecision(tx, studyInstanceUid, study.hospital, made);
        takeAway = await this.records.put(studyInstanceUid, study.hospital, number, made);
        await this.tellDecision.execute(tx, study, made, steward);
        const after = await new StudyStore(tx).find(studyInstanceUid);
        if (after === undefined) throw new Error('A study that was just decided about is not there');
        return success({ isWithdrawn: after.is_withdrawn, isHeld: after.is_held, version: after.version });
      });
    } catch (error) {
      await takeAway().catch(() => {});
      throw error;
    }
  }

  private async isPossible(tx: Sql, asked: DecideOnStudy, study: StudyRow): Promise<Result<null>> {
    const { decision, seriesInstanceUid: seriesUid, sopInstanceUid } = asked;
    if (study.instance_count === 0) return failure(registryProblems.STUDY_ARRIVING);
    const is = { isWithdrawn: study.is_withdrawn, isHeld: study.is_held };
    if (seriesUid === null) return isSoAlready(decision, is) ? failure(problems.STUDY_DECIDED_ALREADY) : success(null);
    const withdrawals = new WithdrawalStore(tx);
    const isSeriesWithdrawn = await withdrawals.isSeriesWithdrawn(study.study_uid, seriesUid);
    if (isSeriesWithdrawn === undefined) return failure(registryProblems.SERIES_NOT_FOUND);
    const registered = await this.contents.registeredOf(study.study_uid, undefined, tx);
    const meant = registered.filter(
      (instance) =>
        instance.seriesUid === seriesUid && (sopInstanceUid === null || instance.sopInstanceUid === sopInstanceUid),
    );
    if (meant.length === 0) return failure(registryProblems.INSTANCE_NOT_FOUND);
    const withdrawn = new Set(await withdrawals.instances(study.study_uid));
    const isWithdrawn = sopInstanceUid === null ? isSeriesWithdrawn : withdrawn.has(sopInstanceUid);
    if (isSoAlready(decision, { ...is, isWithdrawn })) return failure(problems.STUDY_DECIDED_ALREADY);
    if (decision === 'restore') return success(null);
    const shown = (await this.contents.of(study.study_uid, undefined, tx)).length;
    const goes = isSeriesWithdrawn ? 0 : meant.filter(({ sopInstanceUid: uid }) => !withdrawn.has(uid)).length;
    return !study.is_withdrawn && goes >= shown ? failure(problems.NOTHING_WOULD_REMAIN) : success(null);
  }
}
