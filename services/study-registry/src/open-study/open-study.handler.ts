import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { type OpenedStudyRow, StudyStore } from '../storage/study.store.js';
import type { StudyRow } from '../storage/study-row.js';
import { registryProblems } from '../study-registry.errors.js';
import { withdrawalProblems } from '../withdraw-studies/withdraw-studies.errors.js';
import { aboutStudy, listed } from './about-study.js';
import type { ResourceAddress } from './addresses.js';
import { OpenedStudies } from './opened-studies.js';

/** How much of a study is asked for at once. */
export type Extent = 'whole study' | 'part of a view';

/** Viewers show a study by asking for its instances one by one; who asks for a study or a series takes it with them. */
export const extentOf = ({ sopInstanceUid }: ResourceAddress): Extent =>
  sopInstanceUid === undefined ? 'whole study' : 'part of a view';

/** Stands before every answer about one study: it is decided and recorded before a byte leaves (ADR 0005). */
@Injectable()
export class OpenStudyHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly opened: OpenedStudies,
  ) {}

  /**
   * For pixels, metadata and pictures. Failures: the refusal's 403; STUDY_NOT_FOUND; STUDY_WITHDRAWN to who could have opened it.
   * Requests by which a viewer shows a study are recorded as one access.
   */
  async open(
    caller: PersonPrincipal,
    { studyUid, seriesUid }: ResourceAddress,
    extent: Extent,
  ): Promise<Result<OpenedStudyRow>> {
    const shown = await this.opened.find(studyUid, seriesUid);
    const study = shown ?? (await new StudyStore(this.database).find(studyUid));
    if (study === undefined) return this.lookedUpInVain(caller, studyUid);
    const request = aboutStudy('study.retrieve', caller, studyUid, study);
    const decided = await this.access.authorize(request, { partOfAView: extent === 'part of a view' });
    if (!decided.ok) return decided;
    return shown === undefined ? failure(withdrawalProblems.STUDY_WITHDRAWN) : success(shown);
  }

  /** For what a search tells of a study. An objection makes it one that is not there. The same failures. */
  async find(caller: PersonPrincipal, studyUid: string, query: readonly string[]): Promise<Result<StudyRow>> {
    const study = await this.shownOrWithdrawn(studyUid);
    if (study === undefined) return this.lookedUpInVain(caller, studyUid, query);
    const request = aboutStudy('study.search', caller, studyUid, study);
    const decided = await this.access.authorize(request, { query });
    if (!decided.ok) return decided;
    const visible = await this.access.visible(request.actor, [listed(study)]);
    return visible.length === 0 ? failure(registryProblems.STUDY_NOT_FOUND) : unlessWithdrawn(study);
  }

  private async shownOrWithdrawn(studyUid: string): Promise<StudyRow | undefined> {
    const studies = new StudyStore(this.database);
    return (await studies.findShown(studyUid)) ?? studies.find(studyUid);
  }

  private async lookedUpInVain(caller: PersonPrincipal, studyUid: string, query: readonly string[] = []) {
    const decided = await this.access.authorize(aboutStudy('study.search', caller, studyUid), { query });
    return decided.ok ? failure(registryProblems.STUDY_NOT_FOUND) : decided;
  }
}

const unlessWithdrawn = (study: StudyRow): Result<StudyRow> =>
  study.is_withdrawn ? failure(withdrawalProblems.STUDY_WITHDRAWN) : success(study);
