import type { Sql } from '@yinglian/persistence';
import type { StudyToDispose } from '../domain/disposal.js';
import { ErasedStudyStore } from '../storage/erased-study.store.js';
import { type AgedStudy, RetentionStore } from '../storage/retention.store.js';

/** A study as what decides about its disposal sees it, computed now; undefined when it is not there. */
export async function studyToDispose(
  sql: Sql,
  studyUid: string,
  today: string,
): Promise<(StudyToDispose & { readonly retention: AgedStudy }) | undefined> {
  const retention = await new RetentionStore(sql).of(studyUid, today);
  if (retention === undefined) return undefined;
  const { isWithdrawn, isHeld } = retention;
  return { isWithdrawn, isHeld, retention, isInQuarantine: await new ErasedStudyStore(sql).isInQuarantine(studyUid) };
}
