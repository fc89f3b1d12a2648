import { Injectable } from '@nestjs/common';
import { ObjectStoreUnavailable } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { type Finder, nextTry, OBJECTS_OF, type Place } from '../domain/kept-object.js';
import { DamagedObjectStore } from '../storage/damaged-object.store.js';
import { KeptStore } from '../storage/kept.store.js';
import { ScrubRequestStore } from '../storage/scrub-request.store.js';
import { UNBOUNDED } from './byte-rate.js';
import { StoreMarks, StoreNotKnown } from './store-marks.js';
import { VerifyPack } from './verify-pack.js';

/** Reads what somebody waits for, and what is to be healed again by now. */
@Injectable()
export class ServeScrubRequests {
  constructor(
    private readonly database: Database,
    private readonly marks: StoreMarks,
    private readonly verifyPack: VerifyPack,
  ) {}

  /** Whether there was something to do. @throws StoreNotKnown, ObjectStoreUnavailable, AbortError */
  async execute(signal: AbortSignal): Promise<boolean> {
    const requests = new ScrubRequestStore(this.database);
    const request = await requests.next();
    if (request !== undefined) {
      await this.verify(request.digest, 'primary', request.askedBy, signal);
      // It is scrubbed when it is there again.
      await unlessAway(() => this.verify(request.digest, 'replica', request.askedBy, signal));
      await requests.done(request);
      return true;
    }
    const damages = new DamagedObjectStore(this.database);
    const due = await damages.due(new Date());
    if (due === undefined) return false;
    const kept = await new KeptStore(this.database).find(due.digest);
    if (kept === undefined || !OBJECTS_OF[kept.kind].includes(due.object)) {
      // An outline that nobody needs: the pack itself has come.
      await damages.healed(due, 'hospital', null);
      return true;
    }
    const isTried = await unlessAway(() => this.verify(due.digest, due.place, 'scrubber', signal));
    if (!isTried) await damages.later(due, nextTry(new Date(), 0));
    return true;
  }

  private async verify(digest: string, place: Place, foundBy: Finder, signal: AbortSignal): Promise<void> {
    const kept = await new KeptStore(this.database).find(digest);
    if (kept === undefined || !(await this.marks.isReady(place))) return;
    await this.verifyPack.execute({ kept, place, foundBy, pace: { rate: UNBOUNDED, signal } });
  }
}

async function unlessAway(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof ObjectStoreUnavailable || error instanceof StoreNotKnown) return false;
    throw error;
  }
}
