import { Injectable } from '@nestjs/common';
import type { TreatingHospitals } from '@yinglian/access';
import { Database, plannedOnce } from '@yinglian/persistence';

/** Hospitals that have a patient linked to the person. */
@Injectable()
export class HospitalsOfPersons implements TreatingHospitals {
  constructor(private readonly database: Database) {}

  async hospitalsTreating(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.database.query<{ personId: string; hospitals: string[] }>(
      `SELECT person_id AS "personId", array_agg(DISTINCT hospital) AS hospitals FROM patient_persons
       WHERE person_id = ANY (${plannedOnce('$1', 'text[]')}) GROUP BY person_id`,
      [personIds],
      'hospitals-of-persons',
    );
    return new Map(rows.map(({ personId, hospitals }) => [personId, hospitals]));
  }
}
