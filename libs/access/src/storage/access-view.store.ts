import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';

/** What is in force of the objections to some persons' studies and to some studies. */
export interface Objections {
  /** Persons who object to sharing any of their studies. */
  readonly persons: ReadonlySet<string>;
  /** Studies that are closed one by one. */
  readonly studies: ReadonlySet<string>;
}

/** The consents and relationships that this service has replicated. */
@Injectable()
export class AccessViewStore {
  constructor(private readonly database: Database) {}

  /** When the subject's declared relationship with each person ends; persons without one that is in force are left out. */
  async declaredUntil(subject: string, personIds: readonly string[], at: Date): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.database.query<{ personId: string; until: Date }>(
      `SELECT person_id AS "personId", max(expires_at) AS until FROM access_relationships
       WHERE person_id = ANY ($1) AND subject = $2 AND expires_at > $3 GROUP BY person_id`,
      [personIds, subject, at],
      'access-declared',
    );
    return new Map(rows.map(({ personId, until }) => [personId, until]));
  }

  async objectionsTo(personIds: readonly string[], studyInstanceUids: readonly string[]): Promise<Objections> {
    const rows = await this.database.query<{ personId: string; studyUid: string | null }>(
      `SELECT person_id AS "personId", study_uid AS "studyUid" FROM access_objections
       WHERE person_id = ANY ($1) AND study_uid IS NULL AND withdrawn_at IS NOT NULL AND granted_at IS NULL
       UNION ALL
       SELECT person_id, study_uid FROM access_objections
       WHERE study_uid = ANY ($2) AND withdrawn_at IS NOT NULL AND granted_at IS NULL`,
      [personIds, studyInstanceUids],
      'access-objections',
    );
    return {
      persons: new Set(rows.flatMap(({ personId, studyUid }) => (studyUid === null ? [personId] : []))),
      studies: new Set(rows.flatMap(({ studyUid }) => studyUid ?? [])),
    };
  }

  /** Forgets relationships that ended before the given time; consent-audit keeps them for review. */
  async sweep(endedBefore: Date): Promise<void> {
    await this.database.query('DELETE FROM access_relationships WHERE expires_at < $1', [endedBefore]);
  }
}
