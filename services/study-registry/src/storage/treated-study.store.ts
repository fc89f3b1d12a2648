import type { Sql } from '@yinglian/persistence';

const COLUMNS = 'study_uid, treating_hospital, listed_date, listed_time, listed_modalities';

/**
 * The list of each hospital: studies of the persons of whom it has made one itself (ADR 0005, ADR 0028). Who changes what is listed
 * of a person holds that person's lock, or two hospitals' first studies would not know of each other.
 */
export class TreatedStudyStore {
  constructor(private readonly sql: Sql) {}

  /** Lists studies that were just added. Everything else that the transaction locks it has locked before. */
  async listNew(studyUids: readonly string[]): Promise<void> {
    await this.lockPersons('SELECT person_id FROM studies WHERE study_uid = ANY ($1)', studyUids);
    await this.sql.query(
      `WITH added AS (
         SELECT study_uid, hospital, person_id, study_date, study_time, modalities FROM shown_studies WHERE study_uid = ANY ($1))
       INSERT INTO treated_studies (${COLUMNS})
       SELECT study_uid, hospital, study_date, study_time, modalities FROM added
       UNION
       SELECT added.study_uid, treating.hospital, added.study_date, added.study_time, added.modalities
       FROM added JOIN LATERAL (SELECT DISTINCT hospital FROM shown_studies WHERE person_id = added.person_id) AS treating ON true
       UNION
       SELECT other.study_uid, added.hospital, other.study_date, other.study_time, other.modalities
       FROM added JOIN shown_studies other USING (person_id)
       WHERE NOT EXISTS (SELECT 1 FROM shown_studies known WHERE known.person_id = added.person_id
                         AND known.hospital = added.hospital AND known.study_uid <> ALL ($1))
       ON CONFLICT DO NOTHING`,
      [studyUids],
      'list-new-studies',
    );
  }

  /** One transaction at a time changes whose studies are these persons'. */
  lock(personIds: readonly string[]): Promise<void> {
    return this.lockPersons('SELECT unnest($1::text[]) AS person_id', personIds);
  }

  /** Lists the studies of these locked persons by what their patients are linked to now. */
  async listAnew(personIds: readonly string[]): Promise<void> {
    await this.sql.query(
      `DELETE FROM treated_studies listed USING studies s
       WHERE s.person_id = ANY ($1) AND listed.study_uid = s.study_uid AND (s.is_withdrawn OR NOT EXISTS
         (SELECT 1 FROM shown_studies own WHERE own.person_id = s.person_id AND own.hospital = listed.treating_hospital))`,
      [personIds],
    );
    await this.sql.query(
      `INSERT INTO treated_studies (${COLUMNS})
       SELECT s.study_uid, treating.hospital, s.study_date, s.study_time, s.modalities
       FROM (SELECT DISTINCT person_id, hospital FROM shown_studies WHERE person_id = ANY ($1)) AS treating
       JOIN shown_studies s USING (person_id)
       ON CONFLICT DO NOTHING`,
      [personIds],
    );
  }

  /** Brings the lists to a study's modalities. */
  async describe(studyUid: string): Promise<void> {
    await this.sql.query(
      `UPDATE treated_studies SET listed_modalities = s.modalities FROM shown_studies s
       WHERE s.study_uid = $1 AND treated_studies.study_uid = $1 AND listed_modalities <> s.modalities`,
      [studyUid],
      'describe-treated',
    );
  }

  /** Takes a study that is withdrawn from all lists; its person, if there is one, is listed anew besides. */
  async unlist(studyUid: string): Promise<void> {
    await this.sql.query('DELETE FROM treated_studies WHERE study_uid = $1', [studyUid]);
  }

  private async lockPersons(persons: string, values: readonly string[]): Promise<void> {
    await this.sql.query(
      `SELECT pg_advisory_xact_lock(hashtextextended(person_id, 1))
       FROM (SELECT DISTINCT person_id FROM (${persons}) AS named WHERE person_id IS NOT NULL ORDER BY person_id) AS ordered`,
      [values],
    );
  }
}
