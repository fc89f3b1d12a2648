import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { meter } from '@yinglian/platform';
import { PulledPackStore } from '../storage/pulled-pack.store.js';
import { DeleteReleased } from './delete-released.js';
import { PacksToRelease } from './packs-to-release.js';
import { ReleasePack } from './release-pack.js';

const TOGETHER = 100;

/** Lets packs go of which their gateways have said that they have them, and which nobody has read for long enough (ADR 0046). */
@Injectable()
export class ReleasePacks {
  private readonly packs = meter().createCounter('registry.released.packs');

  constructor(
    private readonly database: Database,
    private readonly toRelease: PacksToRelease,
    private readonly releasePack: ReleasePack,
    private readonly deleteReleased: DeleteReleased,
  ) {}

  /** Whether there may be more to do. @throws StoreNotKnown, ObjectStoreFull, ObjectStoreUnavailable, AbortError */
  async execute(signal: AbortSignal): Promise<boolean> {
    const readUntil = await this.toRelease.readUntil();
    const digests =
      readUntil === undefined ? [] : await new PulledPackStore(this.database).toRelease(readUntil, TOGETHER);
    for (const digest of digests) {
      signal.throwIfAborted();
      if (readUntil !== undefined && (await this.releasePack.execute(digest, readUntil))) this.packs.add(1);
    }
    return (await this.deleteReleased.execute(TOGETHER)) || digests.length === TOGETHER;
  }
}
