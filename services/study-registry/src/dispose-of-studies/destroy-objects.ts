import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import type { ObjectStore } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { certificateOf, type Disposal } from '../domain/disposal.js';
import { StoreMarks } from '../scrub-packs/store-marks.js';
import { DisposalStore } from '../storage/disposal.store.js';
import { packKey } from '../storage/pack-index.js';
import { StudyDecisionRecords } from '../storage/study-decision-records.js';

const TOGETHER = 100;

/** Deletes the objects of a study whose rows are gone, in every store, and leaves a certificate that it did. */
@Injectable()
export class DestroyObjects {
  private readonly logger = new Logger(DestroyObjects.name);

  constructor(
    private readonly database: Database,
    private readonly marks: StoreMarks,
  ) {}

  /**
   * Whether there was such a study. What a crash broke off is done again; one that fails goes behind the others.
   * @throws StoreNotKnown, ObjectStoreUnavailable
   */
  async execute(): Promise<boolean> {
    const disposals = new DisposalStore(this.database);
    const disposal = await disposals.nextDestroying();
    if (disposal === undefined) return false;
    // A store that is away is waited for: none of them has failed by that.
    const stores = await this.marks.stores();
    try {
      await this.destroy(disposal, stores);
    } catch (error) {
      await disposals.tryLater(disposal.disposalId);
      throw error;
    }
    this.logger.log(`Disposal ${disposal.disposalId}: everything is destroyed`);
    return true;
  }

  private async destroy(disposal: Disposal, stores: readonly ObjectStore[]): Promise<void> {
    const disposals = new DisposalStore(this.database);
    const { disposalId, studyInstanceUid } = disposal;
    for (;;) {
      const digests = await disposals.objectsOf(studyInstanceUid, TOGETHER);
      if (digests.length === 0) break;
      for (const digest of digests) {
        for (const store of stores) await removeAllOf(store, digest);
        await disposals.objectDestroyed(studyInstanceUid, digest);
      }
    }
    const destroyedAt = new Date();
    // Last: a database that is built again in between hides what is left of the study.
    for (const store of stores) {
      await new StudyDecisionRecords(store).remove(studyInstanceUid);
      await certify(store, disposal, destroyedAt);
    }
    await disposals.destroyed(disposalId, destroyedAt);
  }
}

/** A pack, what lies beside it, and damaged bytes of it that were laid by. */
async function removeAllOf(store: ObjectStore, digest: string): Promise<void> {
  for (const prefix of [packKey(digest), `damaged/${digest.slice(0, 3)}/${digest}`])
    for await (const { key } of store.list(prefix)) await store.delete(key);
}

async function certify(store: ObjectStore, disposal: Disposal, destroyedAt: Date): Promise<void> {
  const certificate = Buffer.from(JSON.stringify(certificateOf(disposal, destroyedAt)));
  const object = await store.receive(Readable.from([certificate]), certificate.length);
  await object.keep(`disposals/${disposal.studyInstanceUid}.${disposal.disposalId}`).finally(object.discard);
}
