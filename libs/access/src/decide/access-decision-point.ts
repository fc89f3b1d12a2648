import { Inject, Injectable } from '@nestjs/common';
import { ConsumerProgress } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { failure, platformProblems, type Result, success } from '@yinglian/platform';
import { AccessRecorder, type RecordDetails } from '../record/access-recorder.js';
import { AccessViewStore, objectsTo } from './access-view.store.js';
import { type AccessFacts, type AccessRequest, type Actor, type Decision, decide } from './decide.js';
import { Policies } from './policies.js';
import { TREATING_HOSPITALS, type TreatingHospitals } from './treating-hospitals.js';

/** How long a refusal may wait for facts that are on their way (ADR 0006). */
const CONFIRM_TIMEOUT_MS = 1_500;

/** A study as a list shows it. */
export interface ListedStudy {
  readonly studyInstanceUid: string;
  readonly personId: string | null;
  readonly ownerHospital: string;
}

/** Every search and retrieval passes here: it is decided from replicated facts and recorded before anything is answered. */
@Injectable()
export class AccessDecisionPoint {
  private readonly view: AccessViewStore;
  private readonly policies = new Policies();

  constructor(
    database: Database,
    private readonly recorder: AccessRecorder,
    private readonly progress: ConsumerProgress,
    @Inject(TREATING_HOSPITALS) private readonly treatingHospitals: TreatingHospitals,
  ) {
    this.view = new AccessViewStore(database);
  }

  /**
   * Decides and records. A permit may be acted on: its record is durable. Failures: the refusal's problem, or UNAVAILABLE
   * when the record could not be written.
   */
  async authorize(request: AccessRequest, details: RecordDetails = {}): Promise<Result<Decision>> {
    let decision = await this.decide(request);
    if (!decision.permitted && (await this.factsMayBeOnTheirWay(decision))) decision = await this.decide(request);
    try {
      await this.recorder.record(request, decision, details);
    } catch {
      return failure(platformProblems.UNAVAILABLE, 'The access could not be recorded, so nothing is shown');
    }
    return decision.problem === null ? success(decision) : failure(decision.problem);
  }

  /** The studies of a found list that the actor may know of: those that no objection hides from them. */
  async visible<Study extends ListedStudy>(actor: Actor, studies: readonly Study[]): Promise<Study[]> {
    const objections = await this.view.objectionsOf([...new Set(studies.flatMap(({ personId }) => personId ?? []))]);
    return studies.filter(
      ({ personId, studyInstanceUid, ownerHospital }) =>
        personId === null || ownerHospital === actor.hospital || !objectsTo(objections.get(personId), studyInstanceUid),
    );
  }

  /** What `authorize` would answer, without recording: for lists that show what can be opened. */
  async decide(request: AccessRequest): Promise<Decision> {
    return decide(this.policies, request, await this.factsOf(request));
  }

  private async factsOf({ actor, action, personId, studyInstanceUid }: AccessRequest): Promise<AccessFacts> {
    if (personId === null) return { treating: false, declared: false, objected: false };
    const objections = await this.view.objectionsOf([personId]);
    const objected = objectsTo(objections.get(personId), studyInstanceUid);
    if (action !== 'study.retrieve') return { treating: false, declared: false, objected };
    const treating = (await this.treatingHospitals.hospitalsTreating([personId])).get(personId) ?? [];
    return {
      treating: actor.hospital !== null && treating.includes(actor.hospital),
      declared: await this.view.isDeclared(personId, actor.subject, new Date()),
      objected,
    };
  }

  /** Waits until everything that the log held is applied; a permit may follow from it. */
  private async factsMayBeOnTheirWay(decision: Decision): Promise<boolean> {
    if (decision.code === 'ACCESS_DENIED' || decision.code === 'PURPOSE_NOT_ALLOWED') return false;
    return this.progress.caughtUp(['consents', 'persons'], CONFIRM_TIMEOUT_MS).catch(() => false);
  }
}
