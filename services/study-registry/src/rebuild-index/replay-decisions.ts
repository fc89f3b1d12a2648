import type { Database, Sql } from '@yinglian/persistence';
import { StudyStore } from '../storage/study.store.js';
import { StudyDecisionStore } from '../storage/study-decision.store.js';
import type { RecordedDecision, StudyDecisionRecords } from '../storage/study-decision-records.js';
import { WithdrawalStore } from '../storage/withdrawal.store.js';
import { applyDecision } from '../withdraw-studies/apply-decision.js';

export interface ReplayedDecisions {
  readonly decisions: number;
  /** Studies that were decided about and of which no pack is registered. */
  readonly withoutStudy: number;
}

/** Lays what stewards decided over what packs registered; a study that was decided about is hidden until then. */
export class ReplayDecisions {
  constructor(
    private readonly database: Database,
    private readonly records: StudyDecisionRecords,
  ) {}

  /** Studies that were decided about; a province has some thousand. */
  studies(): Promise<ReadonlySet<string>> {
    return this.records.studies();
  }

  hide(studyUid: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(studyUid);
      await new WithdrawalStore(tx).putStudy(studyUid, true);
    });
  }

  /** Study by study, each whole or not at all; one that was replayed before stays. @throws the signal's reason */
  async execute(signal: AbortSignal): Promise<ReplayedDecisions> {
    let [decisions, withoutStudy] = [0, 0];
    for await (const ofStudy of this.records.byStudy()) {
      signal.throwIfAborted();
      const isKnown = await this.database.transaction((tx) => replay(tx, ofStudy));
      if (isKnown) decisions += ofStudy.length;
      else withoutStudy += 1;
    }
    return { decisions, withoutStudy };
  }
}

/** Returns whether the study is here. */
async function replay(tx: Sql, decisions: readonly RecordedDecision[]): Promise<boolean> {
  const studyUid = decisions[0]?.studyInstanceUid ?? '';
  await new StudyStore(tx).lock(studyUid);
  if ((await new StudyStore(tx).find(studyUid)) === undefined) return false;
  if ((await new StudyDecisionStore(tx).of(studyUid)).length > 0) return true;
  await new WithdrawalStore(tx).putStudy(studyUid, false);
  for (const { hospital, made } of decisions) await applyDecision(tx, studyUid, hospital, made);
  return true;
}
