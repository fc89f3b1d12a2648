import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { type Disposal, obstacleTo } from '../domain/disposal.js';
import { dayOf } from '../domain/retention-rule.js';
import { isBeingRebuilt } from '../rebuild-index/is-being-rebuilt.js';
import { DisposalStore } from '../storage/disposal.store.js';
import { ErasedStudyStore } from '../storage/erased-study.store.js';
import { RetentionStore } from '../storage/retention.store.js';
import { StudyStore } from '../storage/study.store.js';
import { studyToDispose } from './study-to-dispose.js';

/** Takes a study out of the index whose disposal was registered long enough ago, unless something keeps it now. */
@Injectable()
export class DestroyStudy {
  private readonly logger = new Logger(DestroyStudy.name);

  constructor(private readonly database: Database) {}

  /** Whether one was due. One that fails goes behind the others. */
  async execute(registeredBefore: Date): Promise<boolean> {
    const disposals = new DisposalStore(this.database);
    const due = await disposals.nextRegistered(registeredBefore);
    if (due === undefined || (await isBeingRebuilt(this.database))) return false;
    try {
      await this.erase(due);
    } catch (error) {
      await disposals.tryLater(due.disposalId);
      throw error;
    }
    return true;
  }

  private erase(due: Disposal): Promise<void> {
    return this.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(due.studyInstanceUid);
      const disposals = new DisposalStore(tx);
      // Taken back meanwhile.
      if ((await disposals.find(due.disposalId))?.state !== 'registered') return;
      const today = dayOf(new Date());
      const study = await studyToDispose(tx, due.studyInstanceUid, today);
      const obstacle = obstacleTo(study, today);
      if (study === undefined || obstacle !== null) {
        await disposals.stop(due.disposalId, obstacle ?? 'STUDY_GONE');
        this.logger.warn(`Disposal ${due.disposalId} is stopped: ${obstacle}`);
        return;
      }
      const { instances, retainUntil } = study.retention;
      const rules = await new RetentionStore(tx).rules(today);
      const erased = await new ErasedStudyStore(tx).erase(due.studyInstanceUid);
      const packs = erased.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes }));
      await disposals.destroying(due.disposalId, { instances, packs, retainUntil, rules });
    });
  }
}
