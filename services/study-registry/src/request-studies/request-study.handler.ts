import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { type StudyRequest, StudyRequestStore, type WantedStudy } from '../storage/study-request.store.js';
import { studyRequestProblems } from './request-studies.errors.js';

/** More wait for no gateway at a time. */
const MOST_OPEN = 100;
const SHOWN = 50;

/** Asks a hospital's gateway for a study. What it finds is opened like any other study, by its own decision. */
@Injectable()
export class RequestStudyHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** Failures: the refusal's 403; STUDY_REQUESTS_TOO_MANY. */
  async execute(
    wanted: WantedStudy,
    caller: PersonPrincipal,
  ): Promise<Result<{ isNew: boolean; request: StudyRequest }>> {
    const recorded = await this.record(wanted, caller);
    if (!recorded.ok) return recorded;
    return this.database.transaction(async (tx) => {
      const store = new StudyRequestStore(tx);
      if ((await store.toServe(wanted.hospital, MOST_OPEN)).length >= MOST_OPEN)
        return failure(studyRequestProblems.STUDY_REQUESTS_TOO_MANY);
      const added = await store.add(randomUUID(), wanted, caller.subject);
      const request = added ?? (await store.openOne(wanted));
      // It was answered in this moment.
      if (request === undefined) return failure(studyRequestProblems.STUDY_REQUEST_NOT_FOUND);
      return success({ isNew: added !== undefined, request });
    });
  }

  list(caller: PersonPrincipal): Promise<StudyRequest[]> {
    return new StudyRequestStore(this.database).of(caller.subject, SHOWN);
  }

  /** Failures: STUDY_REQUEST_NOT_FOUND, also for another one's request; administrators see all. */
  async show(requestId: string, { subject, roles }: PersonPrincipal): Promise<Result<StudyRequest>> {
    const request = await new StudyRequestStore(this.database).find(requestId);
    const maySee = request !== undefined && (request.requestedBy === subject || roles.includes('administrator'));
    return maySee ? success(request) : failure(studyRequestProblems.STUDY_REQUEST_NOT_FOUND);
  }

  /** A clinician's request is a search, decided and recorded as one. An administrator's tells them nothing of a patient. */
  private async record({ hospital, studyInstanceUid }: WantedStudy, caller: PersonPrincipal): Promise<Result<unknown>> {
    if (!caller.roles.includes('clinician')) return success(undefined);
    return this.access.authorize(
      { actor: actorOf(caller), action: 'study.search', personId: null, studyInstanceUid, ownerHospital: hospital },
      { query: [studyInstanceUid === null ? 'AccessionNumber' : 'StudyInstanceUID'] },
    );
  }
}
