import { Injectable } from '@nestjs/common';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { ReceiptStore } from '../storage/receipt.store.js';
import { StowedStudyStore } from '../storage/stowed-study.store.js';
import { StudyStore } from '../storage/study.store.js';
import { advanceStudy } from './advance-study.js';

const STUDIES_AT_ONCE = 100;

/** Of what programs store at the registry, no gateway says that it was all: when it is quiet, the study is held for complete. */
@Injectable()
export class ConcludeStowedStudies {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Concludes studies that have been quiet for so long; whether there may be more. */
  async execute(quietMs: number): Promise<boolean> {
    const quiet = await new StowedStudyStore(this.database).quiet(quietMs, STUDIES_AT_ONCE);
    for (const studyUid of quiet) await this.conclude(studyUid, quietMs);
    return quiet.length === STUDIES_AT_ONCE;
  }

  private conclude(studyUid: string, quietMs: number): Promise<void> {
    return this.database.transaction(async (tx) => {
      const studies = new StudyStore(tx);
      await studies.lock(studyUid);
      const taken = await new StowedStudyStore(tx).take(studyUid, quietMs);
      const study = taken === undefined ? undefined : await studies.find(studyUid);
      if (study === undefined) return;
      const at = new Date();
      const receipt = { instances: study.instance_count, reason: 'QUIET_TIME', confidence: 'likely' } as const;
      // A gateway that has acknowledged more of it has the last word.
      await new ReceiptStore(tx).put(
        studyUid,
        study.hospital,
        { ...receipt, expected: null, missing: 0 },
        at.toISOString(),
      );
      await advanceStudy(tx, this.outbox, study, null, at);
    });
  }
}
