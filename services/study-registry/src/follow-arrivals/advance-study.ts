import { StudyCompletedV2 } from '@yinglian/contracts';
import type { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { completes, stateOf } from '../domain/completeness.js';
import { ReceiptStore } from '../storage/receipt.store.js';
import { StudyStore } from '../storage/study.store.js';
import { type ChangeKind, StudyChangeStore } from '../storage/study-change.store.js';
import type { StudyRow } from '../storage/study-row.js';

/** What a study has, now that a pack has added to it or a steward has decided. */
export interface Growth {
  /** Told to who follows changes; unless given, by whether anything was registered before. */
  readonly kind?: ChangeKind;
  readonly series: number;
  readonly instances: number;
  /** Null where it is not computed yet. */
  readonly contentsDigest: string | null;
}

/**
 * Brings a locked study to its new counts and to what its gateway says it has acknowledged, and tells when that completes it. Each version
 * is also a change that other systems read. `tell` adds the events of the growth itself, with the study's next version. Of a study that is
 * withdrawn nothing is told, and its version stays.
 */
export async function advanceStudy(
  tx: Sql,
  outbox: Outbox,
  study: StudyRow,
  growth: Growth | null,
  at: Date,
  tell: (version: number) => Promise<void> = async () => {},
): Promise<void> {
  const receipt = await new ReceiptStore(tx).find(study.study_uid, study.hospital);
  const before = { registered: study.instance_count, received: study.received_count };
  const after = { registered: growth?.instances ?? before.registered, received: receipt?.instances ?? before.received };
  const changes = new StudyChangeStore(tx);
  const { study_uid: studyInstanceUid, hospital } = study;
  const shown = growth?.kind === 'withdrawn' ? 0 : after.registered - study.withdrawn_instances;
  const change = { studyInstanceUid, hospital, instances: shown, changedAt: at };
  const isTold = !study.is_withdrawn;
  let version = study.version;
  if (isTold && growth !== null) {
    version += 1;
    await tell(version);
    await changes.add({
      ...change,
      kind: growth.kind ?? (before.registered === 0 ? 'registered' : 'updated'),
      version,
    });
  }
  if (isTold && receipt !== undefined && completes(before, after)) {
    version += 1;
    await outbox.add(tx, StudyCompletedV2, {
      studyInstanceUid: study.study_uid,
      hospital: study.hospital,
      version,
      instances: after.registered,
      reason: receipt.reason,
      confidence: receipt.confidence,
      expected: receipt.expected,
      missing: receipt.missing,
      completedAt: at.toISOString(),
    });
    await changes.add({ ...change, kind: 'completed', version });
  }
  await new StudyStore(tx).count(
    study.study_uid,
    {
      series: growth?.series ?? study.series_count,
      instances: after.registered,
      received: after.received,
      receivedReason: receipt?.reason ?? study.received_reason,
      state: stateOf(after),
      version,
      contentsDigest: growth === null ? study.contents_digest : growth.contentsDigest,
    },
    at,
  );
}
