import { Injectable } from '@nestjs/common';
import { Database, plannedOnce } from '@yinglian/persistence';

/** What is in force of the objections to some persons' studies and to some studies. */
export interface Objections {
  /** Persons who object to sharing any of their studies. */
  readonly persons: ReadonlySet<string>;
  /** Studies that are closed one by one. */
  readonly studies: ReadonlySet<string>;
}

/** Few persons are merged: for the others nothing more is done than to see that. */
const ALL_WHO_ARE_ONE = `CROSS JOIN LATERAL unnest(CASE WHEN EXISTS
    (SELECT FROM access_survivors s WHERE (s.person_id = asked AND survivor_id IS NOT NULL) OR survivor_id = asked)
  THEN ARRAY(SELECT access_group(asked)) ELSE ARRAY[asked] END) AS one`;

/** The consents and relationships that this service has replicated. What is said of one person holds for all who are one with them. */
@Injectable()
export class AccessViewStore {
  constructor(private readonly database: Database) {}

  /** When the subject's declared relationship with each person ends; persons without one that is in force are left out. */
  async declaredUntil(subject: string, personIds: readonly string[], at: Date): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.database.query<{ personId: string; until: Date }>(
      `SELECT asked AS "personId", max(expires_at) AS until FROM unnest(${plannedOnce('$1', 'text[]')}) AS asked
       ${ALL_WHO_ARE_ONE} JOIN access_relationships ON person_id = one
       WHERE subject = $2 AND expires_at > ${plannedOnce('$3', 'timestamptz')} GROUP BY asked`,
      [personIds, subject, at],
      'access-declared',
    );
    return new Map(rows.map(({ personId, until }) => [personId, until]));
  }

  /** The subject's broken glass for each person that ends last; persons without one that has not ended are left out. */
  async brokenGlass(subject: string, personIds: readonly string[], at: Date): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ personId: string; breakGlassId: string }>(
      `SELECT DISTINCT ON (asked) asked AS "personId", break_glass_id AS "breakGlassId"
       FROM unnest(${plannedOnce('$1', 'text[]')}) AS asked ${ALL_WHO_ARE_ONE}
       JOIN access_break_glasses ON person_id = one
       WHERE subject = $2 AND ends_at > ${plannedOnce('$3', 'timestamptz')} ORDER BY asked, ends_at DESC`,
      [personIds, subject, at],
      'access-broken-glass',
    );
    return new Map(rows.map(({ personId, breakGlassId }) => [personId, breakGlassId]));
  }

  async objectionsTo(personIds: readonly string[], studyInstanceUids: readonly string[]): Promise<Objections> {
    const rows = await this.database.query<{ personId: string; studyUid: string | null }>(
      `SELECT asked AS "personId", study_uid AS "studyUid" FROM unnest(${plannedOnce('$1', 'text[]')}) AS asked
       ${ALL_WHO_ARE_ONE} JOIN access_objections ON person_id = one
       WHERE study_uid IS NULL AND withdrawn_at IS NOT NULL AND granted_at IS NULL
       UNION ALL
       SELECT person_id, study_uid FROM access_objections
       WHERE study_uid = ANY (${plannedOnce('$2', 'text[]')}) AND withdrawn_at IS NOT NULL AND granted_at IS NULL`,
      [personIds, studyInstanceUids],
      'access-objections',
    );
    return {
      persons: new Set(rows.flatMap(({ personId, studyUid }) => (studyUid === null ? [personId] : []))),
      studies: new Set(rows.flatMap(({ studyUid }) => studyUid ?? [])),
    };
  }

  /** Forgets relationships that ended before the given time, and glass a day later; consent-audit keeps them for review. */
  async sweep(endedBefore: Date): Promise<void> {
    await this.database.query('DELETE FROM access_relationships WHERE expires_at < $1', [endedBefore]);
    await this.database.query("DELETE FROM access_break_glasses WHERE ends_at < $1::timestamptz - interval '1 day'", [
      endedBefore,
    ]);
  }
}
