import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import type { Place } from '../domain/kept-object.js';
import { dueBefore } from '../domain/scrub-parts.js';
import { KeptStore } from '../storage/kept.store.js';
import { ScrubPartStore } from '../storage/scrub-part.store.js';
import { ScrubRequestStore } from '../storage/scrub-request.store.js';
import { ObjectPlaces } from './object-places.js';
import { ScrubSettings } from './scrub-settings.js';
import { StoreMarks } from './store-marks.js';
import { VerifyPack } from './verify-pack.js';

/** Names that are held at once. */
const TOGETHER = 100;

/** Reads one part of a place through, the one that was verified least recently. */
@Injectable()
export class ScrubPlace {
  constructor(
    private readonly database: Database,
    private readonly places: ObjectPlaces,
    private readonly marks: StoreMarks,
    private readonly verifyPack: VerifyPack,
    private readonly settings: ScrubSettings,
  ) {}

  /** False when every part was verified lately enough. It goes on where it was broken off. @throws StoreNotKnown, ObjectStoreUnavailable, AbortError */
  async execute(place: Place, signal: AbortSignal): Promise<boolean> {
    if (!(await this.marks.isReady(place))) return false;
    const { periodDays, rate } = this.settings;
    const parts = new ScrubPartStore(this.database);
    let next = await parts.next(place, dueBefore(new Date(), periodDays));
    if (next === undefined) return false;
    const isFilling = place === 'replica' && !next.isKnown;
    for (;;) {
      const all = await new KeptStore(this.database).in(next, TOGETHER);
      for (const kept of all) {
        signal.throwIfAborted();
        const pace = { rate, signal };
        const isSound = await this.verifyPack.execute({ kept, place, foundBy: 'scrubber', pace, isFilling });
        // The other copy is looked at soon.
        if (!isSound && this.places.replica !== undefined)
          await new ScrubRequestStore(this.database).add(kept.digest, 'copy');
        await parts.readThrough(place, next.part, kept.digest);
      }
      const last = all.at(-1);
      if (last === undefined) break;
      next = { ...next, readThrough: last.digest };
    }
    await parts.end(place, next.part);
    return true;
  }
}
