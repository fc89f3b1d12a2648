import { Injectable } from '@nestjs/common';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { KeepApart } from '../decide-on-persons/keep-apart.js';
import { makerOf } from '../decide-on-persons/maker-of.js';
import { MovePatients } from '../decide-on-persons/move-patients.js';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import * as conflicts from '../storage/conflict.store.js';
import { addDecision, type Maker } from '../storage/decision.store.js';
import { lockIdentities } from '../storage/identity-locks.js';
import { knownPatients, patientsOfHomes } from '../storage/patient.store.js';
import { personsInGroupsOf } from '../storage/person.store.js';

export interface DecideConflict {
  readonly conflictId: string;
  readonly decision: conflicts.StewardDecision;
  /** Whom to link to; the number's holder unless told. */
  readonly personId: string | undefined;
  readonly note: string;
}

/** A steward's decision: links the patient to another person, or keeps the two apart for good. Repeating it is free. */
@Injectable()
export class DecideConflictHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly movePatients: MovePatients,
    private readonly keepApart: KeepApart,
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
      const maker = makerOf(steward, asked.note);
      const done = await (asked.decision === 'link'
        ? this.link(tx, conflict, target, maker, now)
        : this.apart(tx, conflict, maker, now));
      if (!done.ok) return done;
      const made: conflicts.DecisionMade = {
        decisionId: done.value,
        decision: asked.decision,
        personId: target,
        decidedBy: steward.subject,
        decidedByName: steward.displayName,
        decidedAt: now,
        note: asked.note,
      };
      await conflicts.closeConflict(tx, conflict.conflictId, made);
      const deed = { action: 'conflict.decide', personId: conflict.homeId, code: asked.decision } as const;
      const object = { kind: 'conflict', id: asked.conflictId } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(steward, { ...deed, object }, now));
      return success(made);
    });
  }

  private async link(
    tx: Sql,
    { patient, number }: conflicts.StoredConflict,
    target: string | null,
    maker: Maker,
    now: Date,
  ): Promise<Result<string>> {
    if (target === null) return failure(problems.CONFLICT_NEEDS_A_PERSON);
    await lockIdentities(tx, [patient], number === '' ? [] : [number]);
    const group = (await personsInGroupsOf(tx, [target])).map(({ personId }) => personId);
    const [known] = await knownPatients(tx, [patient]);
    // Whose patients were all moved away since the question was asked is nobody: to go there would be to part from them.
    const isSomebody = (await patientsOfHomes(tx, group)).length > 0;
    if (!isSomebody || known === undefined) return failure(problems.PERSON_NOT_FOUND);
    return this.movePatients.execute(tx, 'move', [known], target, maker, now);
  }

  /** Nobody holds the number: the patient stays as it is, and is not asked about again. */
  private apart(
    tx: Sql,
    { homeId, otherPersonId }: conflicts.StoredConflict,
    maker: Maker,
    now: Date,
  ): Promise<Result<string>> {
    if (otherPersonId !== null) return this.keepApart.execute(tx, homeId, otherPersonId, maker, now);
    return addDecision(tx, 'keep-apart', maker, now).then(success);
  }
}
