import { Injectable } from '@nestjs/common';
import type { ObjectStore } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { StoreMarks } from '../scrub-packs/store-marks.js';
import { PackStore } from '../storage/pack.store.js';
import { packKey } from '../storage/pack-index.js';
import { ReleasedPackStore } from '../storage/released-pack.store.js';
import { StudyStore } from '../storage/study.store.js';

/** Deletes the bytes of packs that are at their hospitals again, in every store. What a crash broke off is done again. */
@Injectable()
export class DeleteReleased {
  constructor(
    private readonly database: Database,
    private readonly marks: StoreMarks,
  ) {}

  /** Whether there were some. @throws StoreNotKnown, ObjectStoreUnavailable */
  async execute(limit: number): Promise<boolean> {
    const digests = await new ReleasedPackStore(this.database).next(limit);
    if (digests.length === 0) return false;
    const stores = await this.marks.stores();
    for (const digest of digests) await this.remove(digest, stores);
    return true;
  }

  /** Its study is locked: who brings it at the same time finds afterwards that it is not there (`RegisterPackHandler`). */
  private async remove(digest: string, stores: readonly ObjectStore[]): Promise<void> {
    const pack = await new PackStore(this.database).find(digest);
    await this.database.transaction(async (tx) => {
      if (pack !== undefined) await new StudyStore(tx).lock(pack.studyUid);
      const isAway = (await new PackStore(tx).find(digest))?.atHospital === true;
      // It came again, or its study is destroyed, which deletes all of it.
      if (isAway) for (const store of stores) await store.delete(packKey(digest));
      await new ReleasedPackStore(tx).done(digest);
    });
  }
}
