import { Injectable, Logger } from '@nestjs/common';
import { type ObjectStore, ObjectStoreUnavailable } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { Slots } from '@yinglian/platform';
import {
  type Damage,
  type Finder,
  isUnhealable,
  type KeptObject,
  type NotHealed,
  nextTry,
  OBJECTS_OF,
  type Place,
} from '../domain/kept-object.js';
import { CompactPackStore } from '../storage/compact-pack.store.js';
import { type DamagedAt, DamagedObjectStore, type HealedFrom } from '../storage/damaged-object.store.js';
import { type Kept, KeptStore } from '../storage/kept.store.js';
import { RecompressionStore } from '../storage/recompression.store.js';
import { ReplicaQueueStore } from '../storage/replica-queue.store.js';
import { ScrubDayStore } from '../storage/scrub-day.store.js';
import { UNBOUNDED } from './byte-rate.js';
import { examineObject, keyOf, type Pace } from './examine-object.js';
import { HealFromHospital } from './heal-from-hospital.js';
import { healObject, putNow } from './heal-object.js';
import { ObjectPlaces, type StoreAt } from './object-places.js';
import { RemakeCommit } from './remake-commit.js';
import { ScrubMetrics } from './scrub.metrics.js';
import { StoreMarks } from './store-marks.js';

export interface Verification {
  readonly kept: Kept;
  readonly place: Place;
  readonly foundBy: Finder;
  readonly pace: Pace;
  /** In a replica that is being filled: what is missing is copied and is no damage. */
  readonly isFilling?: boolean;
}

type Attempt =
  | { readonly kind: 'healed'; readonly from: HealedFrom; readonly laidByUnder: string | null }
  | { readonly kind: 'not healed'; readonly reason: NotHealed };

/** Reads a pack and its commit, an outline or a document in one place, keeps account of what is damaged, and heals it. */
@Injectable()
export class VerifyPack {
  private readonly logger = new Logger(VerifyPack.name);
  private readonly metrics = new ScrubMetrics();
  private readonly healing = new Slots(1);

  constructor(
    private readonly database: Database,
    private readonly places: ObjectPlaces,
    private readonly marks: StoreMarks,
    private readonly commits: RemakeCommit,
    private readonly hospital: HealFromHospital,
  ) {}

  /** Whether all of it is sound in the end. @throws StoreNotKnown, ObjectStoreUnavailable, AbortError */
  async execute(verification: Verification): Promise<boolean> {
    const { kept, place } = verification;
    const at = this.places.at(place);
    if (at === undefined) return true;
    const sound: boolean[] = [];
    for (const object of OBJECTS_OF[kept.kind]) sound.push(await this.verify(at, object, verification));
    await new ScrubDayStore(this.database).add(place, { packs: 1, bytes: kept.sizeBytes });
    this.metrics.packs.add(1, { place });
    this.metrics.bytes.add(kept.sizeBytes, { place });
    return sound.every((is) => is);
  }

  private async verify({ store }: StoreAt, object: KeptObject, verification: Verification): Promise<boolean> {
    const { kept, place, pace } = verification;
    const where: DamagedAt = { place, digest: kept.digest, object };
    const isSeenSound = (await this.examine(store, where, kept, pace)) === null;
    if (isSeenSound && !(await new DamagedObjectStore(this.database).isKnown(where))) return true;
    return this.healing.run(async () => {
      // Looked at again when its turn has come: it may be healed by now, and a line that broke is no damage.
      const damage = await this.examine(store, where, kept, { rate: UNBOUNDED, signal: pace.signal });
      if (damage === null) return this.isSound(where);
      // A pack came from its hospital meanwhile, or is retired: it is another thing by now.
      if ((await new KeptStore(this.database).find(kept.digest))?.kind !== kept.kind) return true;
      if (damage === 'missing') await this.marks.check(place);
      if (await this.isNoDamage(where, damage, verification)) return (await this.attempt(where)).kind === 'healed';
      return this.heal(where, damage, verification.foundBy);
    });
  }

  /** What cannot be read while the store answers otherwise is damaged: it would keep all others waiting for ever. */
  private async examine(store: ObjectStore, { place, object }: DamagedAt, kept: Kept, pace: Pace) {
    try {
      return await examineObject(store, object, kept, pace);
    } catch (error) {
      if (!(error instanceof ObjectStoreUnavailable)) throw error;
      await this.marks.check(place);
      return 'unreadable';
    }
  }

  private async isSound(where: DamagedAt): Promise<true> {
    if (await new DamagedObjectStore(this.database).healed(where, null, null))
      await new ScrubDayStore(this.database).add(where.place, { healed: 1 });
    return true;
  }

  /** What never was there: a replica lacks it that is being filled or copied to, and packs came without commits in former times. */
  private async isNoDamage({ place, digest, object }: DamagedAt, damage: Damage, { isFilling = false }: Verification) {
    if (damage !== 'missing') return false;
    if (isFilling || (place === 'replica' && (await new ReplicaQueueStore(this.database).has(digest)))) return true;
    const other = this.places.otherThan(place);
    return object === 'commit' && !((await other?.store.has(keyOf(object, digest))) ?? false);
  }

  private async heal(where: DamagedAt, damage: Damage, foundBy: Finder): Promise<boolean> {
    const now = new Date();
    const { place, digest, object } = where;
    const damages = new DamagedObjectStore(this.database);
    const { isNew, attempts } = await damages.found(where, damage, foundBy, now, nextTry(now, 0));
    if (isNew) {
      this.logger.error(`The ${object} ${digest} in the ${place} store is damaged: ${damage}`);
      this.metrics.damaged.add(1, { place, object, damage });
      await new ScrubDayStore(this.database).add(place, { damaged: 1 });
    }
    const attempt = await this.attempt(where);
    if (attempt.kind === 'not healed') {
      const { reason } = attempt;
      const state = isUnhealable(reason) ? 'unhealable' : 'damaged';
      await damages.notHealed(where, state, reason, nextTry(now, attempts, reason));
      return false;
    }
    await damages.healed(where, attempt.from, attempt.laidByUnder);
    if (object === 'pack' && place === 'primary') await this.isPlainAgain(digest);
    await new ScrubDayStore(this.database).add(place, { healed: 1 });
    this.metrics.healed.add(1, { place, object, from: attempt.from });
    this.logger.log(`The ${object} ${digest} in the ${place} store is healed from the ${attempt.from}`);
    return true;
  }

  /** A sound copy is put there as it came, whichever way the damaged one was stored. */
  private async isPlainAgain(digest: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (await new CompactPackStore(tx).remove(digest)) await new RecompressionStore(tx).again(digest);
    });
  }

  private async attempt({ place, digest, object }: DamagedAt): Promise<Attempt> {
    const target = this.places.at(place)?.store;
    if (target === undefined) return { kind: 'not healed', reason: 'NO_REPLICA' };
    const other = this.places.otherThan(place);
    const healing = other && (await healObject(target, other.store, putNow(this.database, object, digest)));
    if (other !== undefined && healing?.kind === 'placed')
      return { kind: 'healed', from: other.place, laidByUnder: healing.laidByUnder };
    const reason = healing?.kind === 'not placed' ? healing.reason : 'NO_REPLICA';
    if (!isUnhealable(reason)) return { kind: 'not healed', reason };
    if (object === 'commit') return this.remakeCommit(target, digest, reason);
    return object === 'pack' ? this.askHospital(place, digest, reason) : { kind: 'not healed', reason };
  }

  private async remakeCommit(target: ObjectStore, digest: string, reason: NotHealed): Promise<Attempt> {
    const laidByUnder = await this.commits.execute(target, digest);
    return laidByUnder === undefined
      ? { kind: 'not healed', reason }
      : { kind: 'healed', from: 'database', laidByUnder };
  }

  /** Once for both stores. */
  private async askHospital(place: Place, digest: string, reason: NotHealed): Promise<Attempt> {
    if (place === 'replica') return { kind: 'not healed', reason };
    const healing = await this.hospital.execute(digest);
    return healing === 'healed'
      ? { kind: 'healed', from: 'hospital', laidByUnder: null }
      : { kind: 'not healed', reason: healing };
  }
}
