import { Injectable, Logger } from '@nestjs/common';
import { failure, platformProblems, type Result, stackOf, success } from '@yinglian/platform';
import { AccessRecorder, type RecordDetails } from '../record/access-recorder.js';
import type { Actor } from './actor.js';
import { BREAK_GLASS, OWN_RECORD } from './answer.js';
import { AwaitFacts } from './await-facts.js';
import { type AccessRequest, type Decision, decide, NO_FACTS } from './decide.js';
import { GatherFacts, type ListedStudy } from './gather-facts.js';
import { Listing } from './listing.js';
import { PermitCache } from './permit-cache.js';
import type { Policies } from './policies.js';
import { PoliciesInForce } from './policies-in-force.js';

/** Refusals that something in the log may turn into a permit: a fact, or policies that were signed. */
const MAY_HAVE_CHANGED: ReadonlySet<string> = new Set(['ACCESS_REASON_NEEDED', 'PATIENT_OBJECTS', 'POLICY_FORBIDS']);

/** Every search and retrieval passes here: it is decided from replicated facts and recorded before anything is answered. */
@Injectable()
export class AccessDecisionPoint {
  private readonly logger = new Logger(AccessDecisionPoint.name);

  constructor(
    private readonly recorder: AccessRecorder,
    private readonly facts: GatherFacts,
    private readonly onTheirWay: AwaitFacts,
    private readonly permits: PermitCache,
    private readonly policies: PoliciesInForce,
  ) {}

  /**
   * Decides and records. A permit may be acted on: its record is durable. Failures: the refusal's problem (403), or
   * UNAVAILABLE (503) when it cannot be decided or recorded.
   */
  authorize(request: AccessRequest, details: RecordDetails = {}): Promise<Result<Decision>> {
    return this.authorizeWhile(request, details, async (decision) => decision);
  }

  /** The same, and does what is permitted while the record is being written; what comes of it is given once that is durable. */
  async authorizeWhile<T>(
    request: AccessRequest,
    details: RecordDetails,
    work: (decision: Decision) => Promise<T>,
  ): Promise<Result<T>> {
    let working: Promise<T>;
    try {
      const decision = await this.confirmed(request);
      const recorded = this.recorder.record(request, decision, details);
      if (decision.problem !== null) {
        await recorded;
        return failure(decision.problem);
      }
      working = work(decision);
      // Whichever fails first is awaited first; the other one must not count as nobody's.
      working.catch(() => {});
      await recorded;
    } catch (error) {
      this.logger.error(stackOf(error));
      return failure(platformProblems.UNAVAILABLE, 'The access could not be decided and recorded, so nothing is shown');
    }
    return success(await working);
  }

  /**
   * The studies of a found list that the actor may know of: those that no objection hides. It records nothing, but for what a list
   * shows by broken glass alone: once for each person and session, before the answer. What is closed, and to whom not, stands with
   * everything applied that the log held (ADR 0006, ADR 0053); that is asked whatever is found, while it is being found, so that the time of
   * an answer does not tell whether something is hidden.
   */
  async visible<Study extends ListedStudy>(
    actor: Actor,
    found: readonly Study[] | Promise<readonly Study[]>,
  ): Promise<Study[]> {
    const [studies] = await Promise.all([found, this.onTheirWay.arrived(['consents'])]);
    const [policies, objects, own, brokenGlass] = await Promise.all([
      this.policies.current(),
      this.facts.objections(studies, actor.hospital),
      this.facts.own(actor, studies),
      this.facts.brokenGlass(actor, studies),
    ]);
    const listing = new Listing(policies, actor, objects, own, brokenGlass);
    const shown = listing.shown(studies);
    for (const [personId, decision] of listing.byGlass) {
      const request = { actor, action: 'study.search' as const, personId, studyInstanceUid: null, ownerHospital: null };
      await this.recorder.record(request, decision, { partOfAView: true });
    }
    return shown;
  }

  /** What `authorize` would answer for opening each study, by Study Instance UID. Records nothing. */
  async wouldPermit(actor: Actor, studies: readonly ListedStudy[]): Promise<ReadonlyMap<string, Decision>> {
    const decisions = await this.decideEach(actor, studies, await this.policies.current());
    const all = [...decisions.values()].every((decision) => decision.permitted);
    // Here too a refusal stands only with everything applied that the log held (ADR 0006).
    return all || !(await this.onTheirWay.arrived())
      ? decisions
      : this.decideEach(actor, studies, await this.policies.anew());
  }

  /** Which of these studies the patient closed to the hospital, or, for null, to those that are not named. Records nothing. */
  async closed(studies: readonly ListedStudy[], receiver: string | null): Promise<ReadonlySet<string>> {
    const objects = await this.facts.objections(studies, receiver);
    return new Set(studies.filter(objects).map(({ studyInstanceUid }) => studyInstanceUid));
  }

  /** When those of them that are open close because what opens them ends; others are left out. */
  async closings(studies: readonly ListedStudy[], receiver: string | null): Promise<ReadonlyMap<string, Date>> {
    const closesAt = await this.facts.closings(studies, receiver);
    return new Map(
      studies.flatMap((study) => {
        const at = closesAt(study);
        return at === null ? [] : [[study.studyInstanceUid, at] as const];
      }),
    );
  }

  private async decideEach(
    actor: Actor,
    studies: readonly ListedStudy[],
    policies: Policies,
  ): Promise<ReadonlyMap<string, Decision>> {
    const factsOf = await this.facts.forOpening(actor, studies);
    return new Map(
      studies.map((study) => {
        const { studyInstanceUid, personId, ownerHospital } = study;
        const request = { actor, action: 'study.retrieve' as const, studyInstanceUid, personId, ownerHospital };
        return [studyInstanceUid, decide(policies, request, factsOf(study))];
      }),
    );
  }

  /**
   * A refusal stands only when it stays one with everything applied that the log held (ADR 0006). So does a permit by broken glass:
   * when its opener has ended it, it is over everywhere (ADR 0053); and one of a patient, whose account may have been unlinked (ADR 0056).
   */
  private async confirmed(request: AccessRequest): Promise<Decision> {
    const current = () => this.policies.current();
    const anew = () => this.policies.anew();
    const decision = this.permits.get(request) ?? (await this.decide(request, current));
    if (decision.code === BREAK_GLASS || decision.code === OWN_RECORD) {
      return (await this.onTheirWay.arrived(['consents'])) ? this.decide(request, anew) : decision;
    }
    const ofPatient = decision.problem !== null && request.actor.roles.includes('patient');
    if (!ofPatient && !MAY_HAVE_CHANGED.has(decision.code)) return decision;
    return (await this.onTheirWay.arrived()) ? this.decide(request, anew) : decision;
  }

  private async decide(request: AccessRequest, policiesToAsk: () => Promise<Policies>): Promise<Decision> {
    // Before the policies are asked for: a permit by those that were replaced meanwhile is not kept.
    const begun = this.permits.begin();
    const policies = await policiesToAsk();
    if (request.action !== 'study.retrieve') {
      const own = (await this.facts.own(request.actor, [request]))(request);
      return decide(policies, request, { ...NO_FACTS, own });
    }
    const facts = (await this.facts.forOpening(request.actor, [request]))(request);
    const decision = decide(policies, request, facts);
    // What rests on broken glass is asked for each time: it ends in the middle of a view.
    if (decision.permitted && decision.code !== BREAK_GLASS)
      this.permits.keep(begun, request, decision, [facts.declaredUntil, facts.openUntil]);
    return decision;
  }
}
