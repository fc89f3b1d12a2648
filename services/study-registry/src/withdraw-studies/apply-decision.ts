import type { Sql } from '@yinglian/persistence';
import type { StudyDecision } from '../domain/study-decision.js';
import { StudyDecisionStore } from '../storage/study-decision.store.js';
import { WithdrawalStore } from '../storage/withdrawal.store.js';

/** Lays a decision over a locked study, or takes one away, and keeps it. Returns its number. Nobody is told here. */
export async function applyDecision(tx: Sql, studyUid: string, hospital: string, made: StudyDecision): Promise<number> {
  const { decision, seriesInstanceUid: seriesUid, sopInstanceUid } = made;
  const withdrawals = new WithdrawalStore(tx);
  if (decision === 'hold' || decision === 'release') await withdrawals.putHold(studyUid, decision === 'hold');
  else if (seriesUid === null) await withdrawals.putStudy(studyUid, decision === 'withdraw');
  else if (sopInstanceUid === null) await withdrawals.putSeries(studyUid, seriesUid, decision === 'withdraw');
  else await withdrawals.putInstance(studyUid, seriesUid, sopInstanceUid, decision === 'withdraw');
  return new StudyDecisionStore(tx).add(studyUid, hospital, made);
}
