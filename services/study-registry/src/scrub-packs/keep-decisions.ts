import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { PLACES, type Place } from '../domain/kept-object.js';
import { dueAfter } from '../domain/scrub-parts.js';
import { DecisionCheckStore } from '../storage/decision-check.store.js';
import { ScrubDayStore } from '../storage/scrub-day.store.js';
import { StudyStore } from '../storage/study.store.js';
import { type NumberedDecision, StudyDecisionStore } from '../storage/study-decision.store.js';
import { isSame, StudyDecisionRecords } from '../storage/study-decision-records.js';
import { ObjectPlaces } from './object-places.js';
import { ScrubSettings } from './scrub-settings.js';
import { StoreMarks } from './store-marks.js';

const MINUTE_MS = 60_000;

/** Sees to it that each store says what was decided about each study: what it lacks, or cannot say any more, is written again by the rows. */
@Injectable()
export class KeepDecisions {
  private readonly logger = new Logger(KeepDecisions.name);

  constructor(
    private readonly database: Database,
    private readonly places: ObjectPlaces,
    private readonly marks: StoreMarks,
    private readonly settings: ScrubSettings,
  ) {}

  /** Whether a study was due. One that fails makes way for others. @throws StoreNotKnown, ObjectStoreUnavailable */
  async execute(): Promise<boolean> {
    const now = new Date();
    const checks = new DecisionCheckStore(this.database);
    const check = await checks.next(now);
    if (check === undefined) return false;
    try {
      await this.keepAll(check.studyUid);
      await checks.again(check, dueAfter(now, this.settings.periodDays));
      return true;
    } catch (error) {
      await checks.again(check, new Date(now.getTime() + MINUTE_MS));
      throw error;
    }
  }

  /** The study is locked meanwhile: what was decided about one that is destroyed does not come back. */
  private async keepAll(studyUid: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(studyUid);
      const decided = await new StudyDecisionStore(tx).numbered(studyUid);
      for (const place of PLACES) if (await this.marks.isReady(place)) await this.keep(place, studyUid, decided);
    });
  }

  private async keep(place: Place, studyUid: string, decided: readonly NumberedDecision[]): Promise<void> {
    const at = this.places.at(place);
    if (at === undefined) return;
    await this.marks.check(place);
    const records = new StudyDecisionRecords(at.store);
    const { said, unreadable } = await records.of(studyUid);
    const missing = decided.filter((one) => !said.some((record) => isSame(record, one)));
    for (const { number, hospital, made } of missing) await records.put(studyUid, hospital, number, made);
    for (const key of unreadable) await records.layBy(key, new Date());
    // A replica is told of a decision here, and lacks it until then.
    const damaged = place === 'primary' ? Math.max(missing.length, unreadable.length) : unreadable.length;
    if (damaged === 0) return;
    this.logger.error(
      `Of decisions about a study ${damaged} were damaged in the ${place} store; they are written again`,
    );
    await new ScrubDayStore(this.database).add(place, { damaged, healed: damaged });
  }
}
