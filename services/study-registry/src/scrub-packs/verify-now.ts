import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, Slots, success } from '@yinglian/platform';
import { PLACES, type Place } from '../domain/kept-object.js';
import { KeptStore } from '../storage/kept.store.js';
import { ScrubPartStore } from '../storage/scrub-part.store.js';
import { registryProblems } from '../study-registry.errors.js';
import { UNBOUNDED } from './byte-rate.js';
import { ObjectPlaces } from './object-places.js';
import { StoreMarks, StoreNotKnown } from './store-marks.js';
import { VerifyPack } from './verify-pack.js';

/** What an operator asks of scrubbing. */
@Injectable()
export class VerifyNow {
  private readonly slots = new Slots(1);

  constructor(
    private readonly database: Database,
    private readonly places: ObjectPlaces,
    private readonly marks: StoreMarks,
    private readonly verifyPack: VerifyPack,
  ) {}

  /** Failures: PACK_NOT_FOUND, SCRUB_STORE_NOT_KNOWN. */
  async execute(digest: string): Promise<Result<{ digest: string; places: { place: Place; isSound: boolean }[] }>> {
    const kept = await new KeptStore(this.database).find(digest);
    if (kept === undefined) return failure(registryProblems.PACK_NOT_FOUND);
    const verify = async (place: Place) => ({
      place,
      isSound: await this.verifyPack.execute({ kept, place, foundBy: 'operator', pace: { rate: UNBOUNDED } }),
    });
    try {
      const places = await this.slots.run(async () => {
        const verified = [];
        for (const place of PLACES) if (await this.marks.isReady(place)) verified.push(await verify(place));
        return verified;
      });
      return success({ digest, places });
    } catch (error) {
      if (error instanceof StoreNotKnown) return failure(registryProblems.SCRUB_STORE_NOT_KNOWN);
      throw error;
    }
  }

  /** Failures: PACK_NOT_FOUND. */
  async show(
    digest: string,
  ): Promise<Result<{ digest: string; places: { place: Place; verifiedSince: Date | null }[] }>> {
    if ((await new KeptStore(this.database).find(digest)) === undefined)
      return failure(registryProblems.PACK_NOT_FOUND);
    const parts = new ScrubPartStore(this.database);
    const here = PLACES.filter((place) => this.places.at(place) !== undefined);
    const places = await Promise.all(
      here.map(async (place) => ({ place, verifiedSince: await parts.verifiedSince(place, digest) })),
    );
    return success({ digest, places });
  }

  /** Failures: SCRUB_PLACE_NOT_FOUND. */
  async accept(place: Place): Promise<Result<null>> {
    if (this.places.at(place) === undefined) return failure(registryProblems.SCRUB_PLACE_NOT_FOUND);
    await this.marks.accept(place);
    return success(null);
  }
}
