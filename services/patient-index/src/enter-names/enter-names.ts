import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { birthDatesIn } from '../domain/person.js';
import { markEntered, patientsToEnter } from '../storage/names-to-enter.store.js';
import { observationsOfPatients } from '../storage/observation.store.js';
import { PatientNameStore } from '../storage/patient-name.store.js';

const PATIENTS_AT_ONCE = 500;

/** Patients of before there were tables of names get into them, in the order of their numbers. */
@Injectable()
export class EnterNames {
  constructor(private readonly patientNames: PatientNameStore) {}

  /** Enters the next few; other processes wait, and enter those after them. Answers whether nothing is left. */
  async enterSome(tx: Sql, most = PATIENTS_AT_ONCE): Promise<boolean> {
    const patientNos = await patientsToEnter(tx, most);
    if (patientNos === null) return true;
    const observations = await observationsOfPatients(tx, patientNos);
    // Nobody is told apart by a resident id: another description may be coming meanwhile.
    await this.patientNames.describePatients(
      tx,
      observations.map(({ patientNo, name, birthDate, residentIds }) => {
        return { patientNo, name, birthDates: birthDatesIn(birthDate, residentIds), residentIds: [] };
      }),
    );
    await markEntered(tx, patientNos.at(-1));
    return false;
  }
}
