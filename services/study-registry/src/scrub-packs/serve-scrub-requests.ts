import { Injectable } from '@nestjs/common';
import { ObjectStoreUnavailable } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { type Finder, nextTry, type Place } from '../domain/kept-object.js';
import { DamagedObjectStore } from '../storage/damaged-object.store.js';
import { PackStore } from '../storage/pack.store.js';
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
    const isTried = await unlessAway(() => this.verify(due.digest, due.place, 'scrubber', signal));
    if (!isTried) await damages.later(due, nextTry(new Date(), 0));
    return true;
  }

  private async verify(digest: string, place: Place, foundBy: Finder, signal: AbortSignal): Promise<void> {
    const sizeBytes = await new PackStore(this.database).sizeOf(digest);
    if (sizeBytes === undefined || !(await this.marks.isReady(place))) return;
    await this.verifyPack.execute({ pack: { digest, sizeBytes }, place, foundBy, pace: { rate: UNBOUNDED, signal } });
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
