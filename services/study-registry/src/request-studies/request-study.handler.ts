import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { type RequestedArrival, type RequestProgress, requestProgress } from '../domain/request-progress.js';
import { requestedArrivals } from '../storage/requested-arrivals.js';
import { type StudyRequest, StudyRequestStore, type WantedStudy } from '../storage/study-request.store.js';
import { studyRequestProblems } from './request-studies.errors.js';

/** More wait for no gateway at a time. */
const MOST_OPEN = 100;
const SHOWN = 50;

/** A request with what the registry has of its study. */
export interface ShownRequest extends StudyRequest {
  readonly progress: RequestProgress;
  readonly instances: number;
}

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
  ): Promise<Result<{ isNew: boolean; request: ShownRequest }>> {
    const recorded = await this.record(wanted, caller);
    if (!recorded.ok) return recorded;
    const opened = await this.open(wanted, caller);
    if (!opened.ok) return opened;
    const { isNew, request } = opened.value;
    return success({ isNew, request: await this.showOne(request) });
  }

  /** The newest of the caller's own; for administrators all of the hospital that they name. */
  async list({ subject, roles }: PersonPrincipal, hospital: string | null): Promise<ShownRequest[]> {
    const store = new StudyRequestStore(this.database);
    const isOfAll = hospital !== null && roles.includes('administrator');
    const requests = await (isOfAll ? store.ofHospital(hospital, SHOWN) : store.of(subject, hospital, SHOWN));
    const arrivals = await requestedArrivals(this.database, requests);
    const now = new Date();
    return requests.map((request, place) => shownWith(request, arrivals[place], now));
  }

  /** Failures: STUDY_REQUEST_NOT_FOUND, also for another one's request; administrators see all. */
  async show(requestId: string, { subject, roles }: PersonPrincipal): Promise<Result<ShownRequest>> {
    const request = await new StudyRequestStore(this.database).find(requestId);
    const maySee = request !== undefined && (request.requestedBy === subject || roles.includes('administrator'));
    if (!maySee) return failure(studyRequestProblems.STUDY_REQUEST_NOT_FOUND);
    return success(await this.showOne(request));
  }

  private open(
    wanted: WantedStudy,
    caller: PersonPrincipal,
  ): Promise<Result<{ isNew: boolean; request: StudyRequest }>> {
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

  private async showOne(request: StudyRequest): Promise<ShownRequest> {
    const [arrival] = await requestedArrivals(this.database, [request]);
    return shownWith(request, arrival, new Date());
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

const NOTHING_HERE: RequestedArrival = { instances: 0, isComplete: false, changedAt: null };

const shownWith = (request: StudyRequest, arrival = NOTHING_HERE, now: Date): ShownRequest => ({
  ...request,
  progress: requestProgress(request, arrival, now),
  instances: arrival.instances,
});
