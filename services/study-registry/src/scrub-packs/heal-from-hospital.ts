import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { ProblemError } from '@yinglian/platform';
import { askHospital } from '../domain/ask-hospital.js';
import type { NotHealed } from '../domain/kept-object.js';
import { type PackContents, replaceDamaged } from '../domain/replace-damaged.js';
import { DamagedObjectStore } from '../storage/damaged-object.store.js';
import { type PackPlace, PackStore } from '../storage/pack.store.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { QuarantineStore } from '../storage/quarantine.store.js';
import { StudyStore } from '../storage/study.store.js';
import { StudyRequestStore } from '../storage/study-request.store.js';
import { StudyVersionStore } from '../storage/study-version.store.js';
import { UNBOUNDED } from './byte-rate.js';
import { examineObject } from './examine-object.js';
import { ObjectPlaces } from './object-places.js';

/** Under which requests for studies are listed. */
const ASKER = 'scrubber';
/** As anybody: no more wait for a gateway at a time. */
const MOST_OPEN = 100;

/**
 * Heals a pack that is sound nowhere by what its hospital sends again. A gateway makes other packs of the same images; those that
 * are equal, data set by data set, are registered from there, and the damaged pack is retired when nothing is registered by it.
 */
@Injectable()
export class HealFromHospital {
  constructor(
    private readonly database: Database,
    private readonly indexes: PackIndexStore,
    private readonly places: ObjectPlaces,
  ) {}

  /** Asks the hospital when that has not been done. @throws ObjectStoreUnavailable */
  async execute(digest: string): Promise<'healed' | NotHealed> {
    const pack = await new PackStore(this.database).contentsOf(digest);
    if (pack === undefined) return 'HOSPITAL_HAS_NONE';
    return (await this.replace(pack)) ? 'healed' : this.ask(pack);
  }

  private async replace({ digest, studyUid }: PackPlace): Promise<boolean> {
    const spares = await this.soundSpares(digest);
    if (spares.length === 0) return false;
    return this.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(studyUid);
      const packs = new PackStore(tx);
      const [damaged, ...others] = await this.contentsOf(digest, packs);
      if (damaged === undefined) return false;
      const sound = others.filter((other) => spares.includes(other.digest));
      const { exchanges, isWhole } = replaceDamaged(damaged, sound);
      // Versions of before go on naming the damaged pack: an image that is missing from one would be missed by nobody.
      const study = await new StudyStore(tx).find(studyUid);
      const changed = [digest, ...sound.map((other) => other.digest)];
      await new StudyVersionStore(tx).keepLeftOut(studyUid, changed, study?.version ?? 0);
      await packs.exchange(exchanges);
      if (!isWhole || (await new QuarantineStore(tx).isHeldBy(studyUid, digest))) return false;
      await packs.retire(digest);
      await new DamagedObjectStore(tx).cameAgain(digest);
      return true;
    });
  }

  /** Packs that have something of the damaged one, and are read through before anything is registered from them. */
  private async soundSpares(digest: string): Promise<string[]> {
    const packs = new PackStore(this.database);
    const [damaged, ...others] = await this.contentsOf(digest, packs);
    if (damaged === undefined) return [];
    const spares: string[] = [];
    for (const other of others) {
      if (replaceDamaged(damaged, [other]).exchanges.length === 0) continue;
      const { store } = this.places.primary;
      if ((await examineObject(store, 'pack', other, { rate: UNBOUNDED })) === null) spares.push(other.digest);
    }
    return spares;
  }

  /** The damaged pack, and the others of its series that leave something out; nothing when it is not known what it held. */
  private async contentsOf(digest: string, packs: PackStore): Promise<(PackContents & { sizeBytes: number })[]> {
    const pack = await packs.contentsOf(digest);
    const damaged = pack && (await this.read(pack));
    if (pack === undefined || damaged === undefined) return [];
    const leavingOut = await packs.leavingOut(pack.studyUid, pack.seriesUid);
    const others = await Promise.all(
      leavingOut.filter((other) => other.digest !== digest).map((each) => this.read(each)),
    );
    return [damaged, ...others.filter((other) => other !== undefined)];
  }

  private async read({ digest, leftOut, sizeBytes }: PackPlace) {
    try {
      return { digest, leftOut, sizeBytes, instances: (await this.indexes.index(digest)).instances };
    } catch (error) {
      // Its index is lost with it.
      if (error instanceof ProblemError) return undefined;
      throw error;
    }
  }

  private async ask({ hospital, studyUid: studyInstanceUid }: PackPlace): Promise<NotHealed> {
    const requests = new StudyRequestStore(this.database);
    const next = askHospital(await requests.lastOf(ASKER, hospital, studyInstanceUid), new Date());
    if (next === 'in vain') return 'HOSPITAL_HAS_NONE';
    const isRoom = (await requests.toServe(hospital, MOST_OPEN)).length < MOST_OPEN;
    if (next === 'ask' && isRoom)
      await requests.add(randomUUID(), { hospital, studyInstanceUid, accessionNumber: null }, ASKER);
    return 'ASKED_HOSPITAL';
  }
}
