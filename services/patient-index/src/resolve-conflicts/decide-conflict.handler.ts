import { Injectable } from '@nestjs/common';
import { type LocalPatientKey, PersonLinkedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import * as conflicts from '../storage/conflict.store.js';
import { lockIdentities } from '../storage/identity-locks.js';
import { observationsOf, residentIdsOf, statedResidentId } from '../storage/observation.store.js';
import * as persons from '../storage/person.store.js';

export interface DecideConflict {
  readonly conflictId: string;
  readonly decision: conflicts.StewardDecision;
  /** Whom to link to; the id's holder unless told. */
  readonly personId: string | undefined;
  readonly note: string;
}

/** A steward's decision: links the patient to another person, or keeps the two apart for good. Repeating it is free. */
@Injectable()
export class DecideConflictHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  execute(asked: DecideConflict, steward: PersonPrincipal, now: Date): Promise<Result<conflicts.DecisionMade>> {
    return this.database.transaction(async (tx) => {
      const conflict = await conflicts.conflictToDecide(tx, asked.conflictId);
      if (conflict === undefined) return failure(problems.CONFLICT_NOT_FOUND);
      const target = asked.decision === 'link' ? (asked.personId ?? conflict.otherPersonId) : null;
      if (conflict.made !== null) {
        const same = conflict.made.decision === asked.decision && conflict.made.personId === target;
        return same ? success(conflict.made) : failure(problems.CONFLICT_ALREADY_DECIDED);
      }
      if (asked.decision === 'link') {
        if (target === null) return failure(problems.CONFLICT_NEEDS_A_PERSON);
        const [person] = await persons.personsById(tx, [target]);
        if (person === undefined) return failure(problems.PERSON_NOT_FOUND);
        await this.relink(tx, conflict, target, now);
      }
      const made: conflicts.DecisionMade = {
        decision: asked.decision,
        personId: target,
        decidedBy: steward.subject,
        decidedByName: steward.displayName,
        decidedAt: now,
        note: asked.note,
      };
      await conflicts.closeConflict(tx, conflict.conflictId, made);
      return success(made);
    });
  }

  private async relink(tx: Sql, { patient, residentId }: conflicts.StoredConflict, personId: string, now: Date) {
    await lockIdentities(tx, [patient], [residentId, ...(await residentIdsOf(tx, patient))]);
    const linked = await persons.linkedPersonOf(tx, patient);
    if (linked === undefined || linked.personId === personId) return;
    const version = linked.version + 1;
    await persons.setLink(tx, { patient, personId, rule: 'STEWARD', version, linkedAt: now });
    await this.outbox.add(tx, PersonLinkedV1, {
      personId,
      patient,
      rule: 'STEWARD',
      version,
      linkedAt: now.toISOString(),
    });
    await this.settleClaims(tx, patient, linked, personId);
    await persons.refreshPersons(tx, [linked.personId, personId]);
    await persons.markSeen(tx, new Map([[personId, linked.lastSeenAt]]));
  }

  /** The person left behind loses an id that none of their patients states; the one joined gains what the patient states now. */
  private async settleClaims(tx: Sql, patient: LocalPatientKey, left: persons.StoredPerson, joined: string) {
    const observations = await observationsOf(tx, [left.personId, joined]);
    if (left.residentId !== null && !persons.states(observations.get(left.personId), left.residentId)) {
      await persons.claimResidentId(tx, left.personId, null);
    }
    const stated = await statedResidentId(tx, patient);
    const [person] = await persons.personsById(tx, [joined]);
    if (stated === undefined || person === undefined || person.residentId !== null) return;
    const holders = await persons.holdersOf(tx, [stated]);
    if (holders.length === 0) await persons.claimResidentId(tx, joined, stated);
  }
}
