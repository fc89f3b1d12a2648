import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { conflictToDecide, setWaiting } from '../storage/conflict.store.js';
import { personsInGroupsOf } from '../storage/person.store.js';
import { addQuestion } from '../storage/question.store.js';
import { recordsOf } from '../storage/record.store.js';

export interface AskHospital {
  readonly conflictId: string;
  readonly hospital: string;
  readonly question: string;
}

/** Puts a question to a hospital about its own patients; the conflict waits for the answer. */
@Injectable()
export class AskHospitalHandler {
  constructor(private readonly database: Database) {}

  execute(asked: AskHospital, steward: PersonPrincipal, now: Date): Promise<Result<{ questionId: string }>> {
    return this.database.transaction(async (tx) => {
      const conflict = await conflictToDecide(tx, asked.conflictId);
      if (conflict === undefined) return failure(problems.CONFLICT_NOT_FOUND);
      if (conflict.made !== null) return failure(problems.CONFLICT_ALREADY_DECIDED);
      const persons = await personsInGroupsOf(tx, [conflict.personId, conflict.otherPersonId ?? []].flat());
      const records = await recordsOf(
        tx,
        persons.map(({ personId }) => personId),
      );
      const patients = records
        .map(({ patient }) => patient)
        .filter(({ hospital }) => hospital === asked.hospital)
        .slice(0, PATIENTS_AT_MOST);
      if (patients.length === 0) return failure(problems.HOSPITAL_NOT_CONCERNED);
      const questionId = await addQuestion(tx, { ...asked, patients }, steward, now);
      await setWaiting(tx, asked.conflictId, true);
      return success({ questionId });
    });
  }
}

const PATIENTS_AT_MOST = 20;
