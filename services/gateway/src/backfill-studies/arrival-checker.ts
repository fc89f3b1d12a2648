import { Injectable } from '@nestjs/common';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { BackfillStore } from './backfill.store.js';
import type { BackfillSettings } from './backfill-settings.js';
import { OwnStudiesClient } from './own-studies.client.js';

const CHECK_AGAIN_MS = 2_000;
/** By then the last pack of a study has been closed, and the registry has counted it. */
const ARRIVING_MS = 30_000;

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
    const isUnderWay = this.forward.pendingPacks > 0 || now - (movedAt ?? 0) < ARRIVING_MS;
    if (instances >= expected) this.store.there(studyInstanceUid);
    else if (isUnderWay) this.store.checkAgain(studyInstanceUid, now + CHECK_AGAIN_MS);
    else if (movedAt === null) this.store.untried(studyInstanceUid, now);
    else this.store.failedOnce(study, `The province has ${instances} of ${expected} instances`, settings);
    return true;
  }
}
