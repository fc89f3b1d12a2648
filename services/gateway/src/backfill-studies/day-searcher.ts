import { Injectable } from '@nestjs/common';
import { PacsScu } from '../ask-pacs/pacs.scu.js';
import { daysBefore, localTime } from '../domain/backfill-plan.js';
import { BackfillStore } from './backfill.store.js';
import type { BackfillSettings } from './backfill-settings.js';
import { OwnStudiesClient } from './own-studies.client.js';
import { searchDay } from './search-day.js';

/** Searches one day after the other, the newest first: the younger a study, the likelier it is that somebody needs it. */
@Injectable()
export class DaySearcher {
  constructor(
    private readonly store: BackfillStore,
    private readonly pacs: PacsScu,
    private readonly own: OwnStudiesClient,
  ) {}

  /** Whether there was a day to search. Rejects with a DeviceAway, a problem of the PACS or a ProvinceAway. */
  async searchNext(settings: BackfillSettings, now: Date): Promise<boolean> {
    const day = this.next(settings, now);
    if (day === undefined) return false;
    const association = await this.pacs.open(settings.pacs);
    try {
      const { studies, problem } = await searchDay(association, day, settings);
      const own = await this.own.instancesOf(studies.map(({ studyInstanceUid }) => studyInstanceUid));
      const compared = studies.map(({ studyInstanceUid, instances: expected }) => ({
        studyInstanceUid,
        expected,
        isThere: (own.get(studyInstanceUid) ?? 0) >= expected,
      }));
      this.store.searched(day, compared, problem);
      return true;
    } finally {
      association.abort();
    }
  }

  private next({ from, to, timeZone }: BackfillSettings, now: Date): string | undefined {
    const began = this.store.begin(daysBefore(localTime(now, timeZone).day, 1));
    let day = to ?? began;
    while (day >= from && this.store.isSearched(day)) day = daysBefore(day, 1);
    return day >= from ? day : undefined;
  }
}
