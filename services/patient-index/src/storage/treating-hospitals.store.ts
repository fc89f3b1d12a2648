import { Injectable } from '@nestjs/common';
import type { TreatingHospitals } from '@yinglian/access';
import { Database, plannedOnce } from '@yinglian/persistence';

/** A hospital treats a person when one of its patients is linked to them. */
@Injectable()
export class LinkedHospitals implements TreatingHospitals {
  constructor(private readonly database: Database) {}

  async hospitalsTreating(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.database.query<{ person_id: string; hospitals: string[] }>(
      `SELECT asked.person_id, array_agg(DISTINCT hospital ORDER BY hospital) AS hospitals
       FROM persons asked
       JOIN persons one ON one.person_id = asked.survivor_id OR one.survivor_id = asked.survivor_id AND one.survivor_id <> one.person_id
       JOIN patients ON home_id = one.person_id
       WHERE asked.person_id = ANY (${plannedOnce('$1', 'text[]')}) GROUP BY asked.person_id`,
      [personIds],
      'linked-hospitals',
    );
    return new Map(rows.map(({ person_id: personId, hospitals }) => [personId, hospitals]));
  }
}
