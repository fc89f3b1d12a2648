import { Injectable } from '@nestjs/common';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { BackfillStore } from './backfill.store.js';
import type { BackfillSettings } from './backfill-settings.js';
import { OwnStudiesClient } from './own-studies.client.js';

const CHECK_AGAIN_MS = 2_000;
/** By then the last pack of a study has been closed, and the registry has counted it. */
const ARRIVING_MS = 30_000;
const STARTING_MS = 5_000;
/** Packs are always on their way in a busy hospital: by then those of the study were among them, or will not be. */
const LONGEST_WAY_MS = 3_600_000;

/** Verifies what was moved: a study is done when the province has as many instances as the PACS. */
@Injectable()
export class ArrivalChecker {
  constructor(
    private readonly store: BackfillStore,
    private readonly own: OwnStudiesClient,
    private readonly forward: ForwardInstances,
  ) {}

  /** Whether there was one to check. Rejects with a ProvinceAway. */
  async checkNext(settings: BackfillSettings, now: number): Promise<boolean> {
    const study = this.store.due('moved', now);
    if (study === undefined) return false;
    const { studyInstanceUid, expected, movedAt } = study;
    const instances = (await this.own.instancesOf([studyInstanceUid])).get(studyInstanceUid) ?? 0;
    const waitedMs = movedAt === null ? process.uptime() * 1000 : now - movedAt;
    const isUnderWay = waitedMs < (this.forward.pendingPacks > 0 ? LONGEST_WAY_MS : usualWayMs(movedAt));
    if (instances >= expected) this.store.there(studyInstanceUid);
    else if (isUnderWay)
      this.store.checkAgain(studyInstanceUid, now + Math.max(CHECK_AGAIN_MS, Math.ceil(waitedMs / 10)));
    else if (movedAt === null) this.store.untried(studyInstanceUid, now);
    else this.store.failedOnce(study, `The province has ${instances} of ${expected} instances`, settings);
    return true;
  }
}

/** A gateway that has started packs at once what it found in its spool. */
const usualWayMs = (movedAt: number | null) => (movedAt === null ? STARTING_MS : ARRIVING_MS);
