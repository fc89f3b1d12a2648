import { Injectable } from '@nestjs/common';
import type { LocalPatientKey } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { patientIndexProblems } from '../patient-index.errors.js';
import { type Decision, decisionsAbout, detailsOf } from '../storage/decision.store.js';
import { patientsOfHomes } from '../storage/patient.store.js';
import { personsInGroupsOf } from '../storage/person.store.js';

export interface PersonHistory {
  /** Who stands for the person now. */
  readonly personId: string;
  /** All who are one with them. */
  readonly personIds: readonly string[];
  readonly patients: readonly { readonly patient: LocalPatientKey; readonly homeId: string }[];
  readonly decisions: readonly (Decision & {
    readonly personIds: readonly string[];
    readonly patients: readonly LocalPatientKey[];
  })[];
}

@Injectable()
export class ShowHistoryHandler {
  constructor(private readonly database: Database) {}

  async execute(personId: string): Promise<Result<PersonHistory>> {
    const persons = await personsInGroupsOf(this.database, [personId]);
    const survivor = persons.find((one) => one.personId === personId)?.survivorId;
    if (survivor === undefined) return failure(patientIndexProblems.PERSON_NOT_FOUND);
    const personIds = persons.map((one) => one.personId);
    const patients = await patientsOfHomes(this.database, personIds);
    const decisions = await decisionsAbout(this.database, personIds);
    const details = await detailsOf(
      this.database,
      decisions.map(({ decisionId }) => decisionId),
    );
    return success({
      personId: survivor,
      personIds,
      patients: patients.map(({ patient, homeId }) => ({ patient, homeId })),
      decisions: decisions.map((decision) => ({
        ...decision,
        ...(details.get(decision.decisionId) ?? { personIds: [], patients: [] }),
      })),
    });
  }
}
