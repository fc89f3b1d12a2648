import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { ObjectMissing, type ObjectStore } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { PLACES, type Place } from '../domain/kept-object.js';
import { DamagedObjectStore } from '../storage/damaged-object.store.js';
import { DecisionCheckStore } from '../storage/decision-check.store.js';
import { RecompressionStore } from '../storage/recompression.store.js';
import { ReplicaQueueStore } from '../storage/replica-queue.store.js';
import { ScrubPartStore } from '../storage/scrub-part.store.js';
import { ScrubPlaceStore } from '../storage/scrub-place.store.js';
import { ObjectPlaces } from './object-places.js';

const KEY = 'scrub/mark';

/** The store answers and is another one than it was: its disk may not be mounted. Nothing in it is missing for that reason. */
export class StoreNotKnown extends Error {
  override readonly name = 'StoreNotKnown';
}

/** Each store carries a mark that the database knows, so that an empty one in its place is not taken for a store full of damage. */
@Injectable()
export class StoreMarks {
  private readonly ready: { [At in Place]?: Promise<void> | undefined } = {};

  constructor(
    private readonly database: Database,
    private readonly places: ObjectPlaces,
  ) {}

  /** Whether there is such a store; before the first use in this process it is begun. @throws ObjectStoreUnavailable */
  async isReady(place: Place): Promise<boolean> {
    this.ready[place] ??= this.begin(place);
    try {
      await this.ready[place];
    } catch (error) {
      this.ready[place] = undefined;
      throw error;
    }
    return this.places.at(place) !== undefined;
  }

  /** A store that is new gets its mark. A replica at another address than before is filled from the beginning. */
  private async begin(place: Place): Promise<void> {
    const rows = new ScrubPlaceStore(this.database);
    const at = this.places.at(place);
    const known = await rows.find(place);
    if (at === undefined) return known === undefined ? undefined : this.forget(place);
    // The primary was begun when the process was.
    if (place === 'replica') await at.store.begin();
    if (known?.address === at.address) return;
    if (known !== undefined) await (place === 'replica' ? this.forget(place) : this.recompressAnew());
    const found = await markIn(at.store);
    await rows.put(place, at.address, found ?? (await this.make(at.store)));
    await new DecisionCheckStore(this.database).all();
  }

  /** @throws StoreNotKnown, ObjectStoreUnavailable */
  async check(place: Place): Promise<void> {
    const at = this.places.at(place);
    const known = await new ScrubPlaceStore(this.database).find(place);
    if (at === undefined || known === undefined) throw new StoreNotKnown('The store has no mark yet');
    if ((await markIn(at.store)) !== known.mark) throw new StoreNotKnown('The store does not have its mark');
  }

  /**
   * All that there are, each with its mark: nothing is taken for deleted in a folder on which no disk is mounted.
   * @throws StoreNotKnown, ObjectStoreUnavailable
   */
  async stores(): Promise<ObjectStore[]> {
    const stores: ObjectStore[] = [];
    for (const place of PLACES) {
      const at = this.places.at(place);
      if (at === undefined || !(await this.isReady(place))) continue;
      await this.check(place);
      stores.push(at.store);
    }
    return stores;
  }

  /** The store that is there now is the one from now on, whatever it lacks. */
  async accept(place: Place): Promise<void> {
    const at = this.places.at(place);
    if (at === undefined) return;
    await new ScrubPlaceStore(this.database).put(place, at.address, await this.make(at.store));
    await new DecisionCheckStore(this.database).all();
    if (place === 'primary') await this.recompressAnew();
  }

  /** What was stored compact elsewhere need not be here. */
  private recompressAnew(): Promise<void> {
    return this.database.transaction((tx) => new RecompressionStore(tx).beginAnew());
  }

  private async make(store: ObjectStore): Promise<string> {
    const mark = randomUUID();
    const object = await store.receive(Readable.from([Buffer.from(mark)]), mark.length);
    await object.keep(KEY).finally(object.discard);
    return mark;
  }

  private async forget(place: Place): Promise<void> {
    await this.database.transaction(async (tx) => {
      await new ScrubPlaceStore(tx).remove(place);
      await new ScrubPartStore(tx).reset(place);
      await new DamagedObjectStore(tx).forget(place);
      if (place === 'replica') await new ReplicaQueueStore(tx).clear();
    });
  }
}

async function markIn(store: ObjectStore): Promise<string | undefined> {
  try {
    return Buffer.concat(await Array.fromAsync(store.stream(KEY))).toString('utf8');
  } catch (error) {
    if (error instanceof ObjectMissing) return undefined;
    throw error;
  }
}
