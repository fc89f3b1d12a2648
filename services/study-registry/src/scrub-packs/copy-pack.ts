import { Injectable } from '@nestjs/common';
import { ObjectStoreUnavailable } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { OBJECTS_OF } from '../domain/kept-object.js';
import { KeptStore } from '../storage/kept.store.js';
import { ReplicaQueueStore } from '../storage/replica-queue.store.js';
import { ScrubRequestStore } from '../storage/scrub-request.store.js';
import { healObject, putNow } from './heal-object.js';
import { ObjectPlaces } from './object-places.js';
import { ScrubMetrics } from './scrub.metrics.js';

/** Copies a pack that was committed and its commit, an outline or a document to the replica. After a crash it is copied again, which changes nothing. */
@Injectable()
export class CopyPack {
  private readonly metrics = new ScrubMetrics();

  constructor(
    private readonly database: Database,
    private readonly places: ObjectPlaces,
  ) {}

  /** One that cannot be copied makes way for others, and is looked at. @throws ObjectStoreUnavailable */
  async execute(digest: string): Promise<void> {
    const { primary, replica } = this.places;
    if (replica === undefined) return;
    const queue = new ReplicaQueueStore(this.database);
    const since = await queue.since(digest);
    const kept = await new KeptStore(this.database).find(digest);
    for (const object of kept === undefined ? [] : OBJECTS_OF[kept.kind]) {
      const copying = await healObject(replica.store, primary.store, putNow(this.database, object, digest));
      if (copying.kind === 'placed') continue;
      if (copying.reason === 'OTHER_STORE_AWAY') throw new ObjectStoreUnavailable('The primary store is away');
      if (copying.reason === 'OTHER_COPY_DAMAGED') await new ScrubRequestStore(this.database).add(digest, 'copy');
      return queue.later(digest);
    }
    await queue.done(digest, since);
    this.metrics.copied.add(1);
  }
}
