import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { ReplicaQueueStore } from '../storage/replica-queue.store.js';
import { CopyPack } from './copy-pack.js';
import { StoreMarks } from './store-marks.js';

const COPIES_AT_ONCE = 4;

/** Brings packs that were committed to the replica, the oldest first. */
@Injectable()
export class CopyQueue {
  constructor(
    private readonly database: Database,
    private readonly marks: StoreMarks,
    private readonly copyPack: CopyPack,
  ) {}

  /** Whether there was something to copy. @throws StoreNotKnown, ObjectStoreUnavailable */
  async execute(): Promise<boolean> {
    if (!(await this.marks.isReady('replica'))) return false;
    const digests = await new ReplicaQueueStore(this.database).next(COPIES_AT_ONCE);
    if (digests.length === 0) return false;
    // Not into the folder on which its disk is not mounted.
    await this.marks.check('replica');
    const copied = await Promise.allSettled(digests.map((digest) => this.copyPack.execute(digest)));
    const failed = copied.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return true;
  }
}
