import { first, type Sql } from '@yinglian/persistence';

/** An objection in force: to all studies of the person, or to one. */
export interface Objections {
  readonly wholePerson: boolean;
  readonly studies: ReadonlySet<string>;
}

const NONE: Objections = { wholePerson: false, studies: new Set() };

/** The consents and relationships that this service has replicated. */
export class AccessViewStore {
  constructor(private readonly sql: Sql) {}

  async isDeclared(personId: string, subject: string, at: Date): Promise<boolean> {
    const row = await first(
      this.sql,
      'SELECT 1 AS found FROM access_relationships WHERE person_id = $1 AND subject = $2 AND expires_at > $3 LIMIT 1',
      [personId, subject, at],
    );
    return row !== undefined;
  }

  async objectionsOf(personIds: readonly string[]): Promise<ReadonlyMap<string, Objections>> {
    const rows = await this.sql.query<{ person_id: string; study_uid: string | null }>(
      `SELECT person_id, study_uid FROM access_objections
       WHERE person_id = ANY ($1) AND withdrawn_at IS NOT NULL AND granted_at IS NULL`,
      [personIds],
    );
    const found = new Map<string, { wholePerson: boolean; studies: Set<string> }>();
    for (const { person_id: personId, study_uid: studyUid } of rows) {
      const objections = found.get(personId) ?? { wholePerson: false, studies: new Set<string>() };
      if (studyUid === null) objections.wholePerson = true;
      else objections.studies.add(studyUid);
      found.set(personId, objections);
    }
    return found;
  }
}

export function objectsTo(objections: Objections = NONE, studyInstanceUid: string | null): boolean {
  return objections.wholePerson || (studyInstanceUid !== null && objections.studies.has(studyInstanceUid));
}
