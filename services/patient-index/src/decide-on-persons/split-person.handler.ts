import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, type LocalPatientKey } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { personIdOf } from '../domain/person-id.js';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { lockIdentities } from '../storage/identity-locks.js';
import { knownPatients, patientsOfHomes } from '../storage/patient.store.js';
import { addPersons, lockGroupsOf } from '../storage/person.store.js';
import { decisionObject, makerOf } from './maker-of.js';
import { MovePatients } from './move-patients.js';

export interface SplitPerson {
  readonly patients: readonly LocalPatientKey[];
  readonly note: string;
}

/** Takes some patients of a person out, to be a person of their own. */
@Injectable()
export class SplitPersonHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly movePatients: MovePatients,
  ) {}

  execute(
    { patients, note }: SplitPerson,
    steward: PersonPrincipal,
    now: Date,
  ): Promise<Result<{ decisionId: string; personId: string }>> {
    return this.database.transaction(async (tx) => {
      await lockIdentities(tx, patients, []);
      const known = await knownPatients(tx, patients);
      if (known.length < patients.length) return failure(problems.PATIENT_NOT_FOUND);
      const persons = await lockGroupsOf(
        tx,
        known.map(({ homeId }) => homeId),
      );
      const [survivor, ...others] = new Set(persons.map(({ survivorId }) => survivorId));
      if (survivor === undefined || others.length > 0) return failure(problems.PATIENTS_OF_SEVERAL_PERSONS);
      const all = await patientsOfHomes(
        tx,
        persons.map(({ personId }) => personId),
      );
      if (all.length === known.length) return failure(problems.NOTHING_LEFT_TO_SPLIT);
      const personId = personIdOf(now, randomBytes(10));
      const seen = Math.max(...persons.map(({ lastSeenAt }) => lastSeenAt.getTime()));
      await addPersons(tx, [personId], [new Date(seen)]);
      const moved = await this.movePatients.execute(tx, 'split', known, personId, makerOf(steward, note), now);
      if (!moved.ok) return moved;
      const deed = { action: 'person.split', personId: survivor, object: decisionObject(moved.value) } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(steward, deed, now));
      return success({ decisionId: moved.value, personId });
    });
  }
}
