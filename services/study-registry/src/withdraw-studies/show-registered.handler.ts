import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import {
  type RegisteredSeries,
  type RegisteredStudy,
  RegisteredStudyStore,
  type StudyClue,
} from '../storage/registered-study.store.js';
import { StudyStore } from '../storage/study.store.js';
import { StudyContents } from '../storage/study-contents.js';
import { WithdrawalStore } from '../storage/withdrawal.store.js';
import { registryProblems } from '../study-registry.errors.js';
import { aboutDecisions, mayDecide } from './about-decisions.js';

export interface RegisteredInstance {
  readonly sopInstanceUid: string;
  readonly instanceNumber: string;
  /** By itself; of a series that is withdrawn none is shown either. */
  readonly isWithdrawn: boolean;
}

/** What a steward is told of a study. */
export type NamedStudy = Omit<RegisteredStudy, 'personId'>;
export type StudyWithSeries = NamedStudy & { readonly series: readonly RegisteredSeries[] };

/**
 * What is registered, to those who may decide about it: a hospital's steward is told of what that hospital made, one of the commission of all,
 * and nobody of what the patient closed to them. Looking is recorded like any search.
 */
@Injectable()
export class ShowRegisteredHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly contents: StudyContents,
  ) {}

  /** Newest first. Failures: the refusal's 403. */
  async find(clue: StudyClue, caller: PersonPrincipal): Promise<Result<NamedStudy[]>> {
    const decided = await this.access.authorize(aboutDecisions(caller, null), { query: [clue.by] });
    if (!decided.ok) return decided;
    if (caller.hospital !== null && clue.hospital !== null && clue.hospital !== caller.hospital) return success([]);
    const hospital = caller.hospital ?? clue.hospital;
    return success(await this.open(await new RegisteredStudyStore(this.database).find({ ...clue, hospital }), caller));
  }

  /** Null where the patient closed it to who asks. Decides and records nothing: who calls has. */
  async study(studyInstanceUid: string, caller: PersonPrincipal): Promise<StudyWithSeries | null> {
    const store = new RegisteredStudyStore(this.database);
    const clue = { by: 'studyInstanceUid', value: studyInstanceUid, hospital: null, limit: 1 } as const;
    const [study] = await this.open(await store.find(clue), caller);
    return study === undefined ? null : { ...study, series: await store.seriesOf(studyInstanceUid) };
  }

  /** In the order of their numbers. Failures: the refusal's 403; STUDY_NOT_FOUND, also for another hospital's; SERIES_NOT_FOUND. */
  async instances(
    studyInstanceUid: string,
    seriesInstanceUid: string,
    caller: PersonPrincipal,
  ): Promise<Result<RegisteredInstance[]>> {
    const study = await new StudyStore(this.database).find(studyInstanceUid);
    const asked = { query: ['decisions'] };
    const decided = await this.access.authorize(aboutDecisions(caller, studyInstanceUid, study), asked);
    if (!decided.ok) return decided;
    if (study === undefined || !mayDecide(caller, study)) return failure(registryProblems.STUDY_NOT_FOUND);
    const found = await this.contents.registeredOf(studyInstanceUid, seriesInstanceUid);
    if (found.length === 0 || (await this.study(studyInstanceUid, caller)) === null) {
      return failure(registryProblems.SERIES_NOT_FOUND);
    }
    const withdrawn = new Set(await new WithdrawalStore(this.database).instances(studyInstanceUid));
    return success(
      found
        .map(({ sopInstanceUid, instanceNumber }) => ({
          sopInstanceUid,
          instanceNumber,
          isWithdrawn: withdrawn.has(sopInstanceUid),
        }))
        .sort((a, b) => a.instanceNumber.localeCompare(b.instanceNumber, 'en', { numeric: true })),
    );
  }

  private async open(found: readonly RegisteredStudy[], caller: PersonPrincipal): Promise<NamedStudy[]> {
    const asked = found.map(({ personId, ...study }) => {
      const { studyInstanceUid, hospital: ownerHospital } = study;
      return { studyInstanceUid, personId, ownerHospital, study };
    });
    return (await this.access.visible(actorOf(caller), asked)).map(({ study }) => study);
  }
}
