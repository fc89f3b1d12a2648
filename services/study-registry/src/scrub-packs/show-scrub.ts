import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { PLACES, type Place } from '../domain/kept-object.js';
import { PARTS, periodBegan } from '../domain/scrub-parts.js';
import { DamagedObjectStore } from '../storage/damaged-object.store.js';
import { ReplicaQueueStore } from '../storage/replica-queue.store.js';
import { ScrubDayStore } from '../storage/scrub-day.store.js';
import { ScrubPartStore } from '../storage/scrub-part.store.js';
import { ScrubPlaceStore } from '../storage/scrub-place.store.js';
import { StorageTotalStore } from '../storage/storage-total.store.js';
import { ScrubSettings } from './scrub-settings.js';

const DAYS = 30;

/** What operators see of scrubbing. */
@Injectable()
export class ShowScrub {
  constructor(
    private readonly database: Database,
    private readonly settings: ScrubSettings,
  ) {}

  async execute() {
    const { periodDays, bytesPerSecond } = this.settings;
    const damages = new DamagedObjectStore(this.database);
    const days = new ScrubDayStore(this.database);
    const [places, counts, healed, lastDays, totals, backlog] = await Promise.all([
      this.places(),
      damages.counts(),
      days.healed(),
      days.last(DAYS),
      new StorageTotalStore(this.database).all(),
      new ReplicaQueueStore(this.database).backlog(),
    ]);
    const storedBytes = totals.reduce((sum, { bytes }) => sum + bytes, 0);
    const hasReplica = places.some(({ place }) => place === 'replica');
    return {
      periodDays,
      bytesPerSecond,
      storedBytes,
      places,
      ...counts,
      healed,
      backlog: hasReplica ? backlog : null,
      days: lastDays,
    };
  }

  private async places() {
    const known = await new ScrubPlaceStore(this.database).all();
    return Promise.all(
      PLACES.flatMap((place) => known.find((each) => each.place === place) ?? []).map(
        async ({ place, address, trouble, troubleSince }) => ({
          place,
          address,
          trouble: trouble === '' ? null : trouble,
          troubleSince,
          ...(await this.verified(place)),
        }),
      ),
    );
  }

  private async verified(place: Place) {
    const since = periodBegan(new Date(), this.settings.periodDays);
    const { within, everRead, oldest } = await new ScrubPartStore(this.database).verified(place, since);
    return { verifiedShare: within / PARTS, everVerifiedShare: everRead / PARTS, oldestVerification: oldest };
  }
}
