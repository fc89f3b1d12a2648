import { first, type Sql } from '@yinglian/persistence';
import { TreatedStudyStore } from './treated-study.store.js';

/** What is laid over what is registered (ADR 0032). Everything that changes it does so under the study's lock. */
export class WithdrawalStore {
  constructor(private readonly sql: Sql) {}

  /** UIDs of single instances of a study that are withdrawn. */
  async instances(studyUid: string): Promise<string[]> {
    const rows = await this.sql.query<{ uid: string }>(
      'SELECT sop_instance_uid AS uid FROM withdrawn_instances WHERE study_uid = $1',
      [studyUid],
      'withdrawn-instances',
    );
    return rows.map(({ uid }) => uid);
  }

  /** Undefined when the study has no such series. */
  async isSeriesWithdrawn(studyUid: string, seriesUid: string): Promise<boolean | undefined> {
    const row = await first<{ is: boolean }>(
      this.sql,
      'SELECT is_withdrawn AS is FROM series WHERE (study_uid, series_uid) = ($1, $2)',
      [studyUid, seriesUid],
    );
    return row?.is;
  }

  /** With the lists of all hospitals that treat its person, or that treated them by this study. */
  async putStudy(studyUid: string, isWithdrawn: boolean): Promise<void> {
    const lists = new TreatedStudyStore(this.sql);
    const personId = await this.lockedPerson(studyUid, lists);
    await this.sql.query('UPDATE studies SET is_withdrawn = $2 WHERE study_uid = $1', [studyUid, isWithdrawn]);
    if (!isWithdrawn) return lists.listNew([studyUid]);
    await lists.unlist(studyUid);
    if (personId !== null) await lists.listAnew([personId]);
  }

  async putSeries(studyUid: string, seriesUid: string, isWithdrawn: boolean): Promise<void> {
    await this.sql.query('UPDATE series SET is_withdrawn = $3 WHERE (study_uid, series_uid) = ($1, $2)', [
      studyUid,
      seriesUid,
      isWithdrawn,
    ]);
    await this.recount(studyUid);
  }

  async putInstance(studyUid: string, seriesUid: string, sopInstanceUid: string, isWithdrawn: boolean): Promise<void> {
    await this.sql.query(
      isWithdrawn
        ? 'INSERT INTO withdrawn_instances VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
        : 'DELETE FROM withdrawn_instances WHERE (study_uid, series_uid, sop_instance_uid) = ($1, $2, $3)',
      [studyUid, seriesUid, sopInstanceUid],
    );
    await this.sql.query(
      `UPDATE series SET withdrawn_instances = (
         SELECT count(*) FROM withdrawn_instances w WHERE (w.study_uid, w.series_uid) = ($1, $2))
       WHERE (study_uid, series_uid) = ($1, $2)`,
      [studyUid, seriesUid],
    );
    await this.recount(studyUid);
  }

  async putHold(studyUid: string, isHeld: boolean): Promise<void> {
    await this.sql.query('UPDATE studies SET is_held = $2 WHERE study_uid = $1', [studyUid, isHeld]);
  }

  /** Brings a study's counts and modalities, and the lists, to what is withdrawn of its series. Returns how many instances that are. */
  async recount(studyUid: string): Promise<number> {
    const row = await first<{ withdrawn: number }>(
      this.sql,
      `UPDATE studies SET withdrawn_series = of_series.series, withdrawn_instances = of_series.instances, withdrawn_modalities = of_series.modalities
       FROM (
         SELECT count(*) FILTER (WHERE is_gone)::int AS series,
           COALESCE(sum(CASE WHEN is_gone THEN instance_count ELSE withdrawn_instances END), 0)::int AS instances,
           COALESCE(array_agg(DISTINCT modality) FILTER (WHERE is_gone AND modality <> ALL (stay)), '{}') AS modalities
         FROM (
           SELECT *, is_withdrawn OR (withdrawn_instances > 0 AND withdrawn_instances >= instance_count) AS is_gone,
             ARRAY(SELECT modality FROM shown_series WHERE study_uid = $1) AS stay
           FROM series WHERE study_uid = $1) AS each
       ) AS of_series WHERE study_uid = $1 RETURNING withdrawn_instances AS withdrawn`,
      [studyUid],
    );
    await new TreatedStudyStore(this.sql).describe(studyUid);
    return row?.withdrawn ?? 0;
  }

  /** Persons are locked before rows of studies are, as whoever links patients does; a link may come in between. */
  private async lockedPerson(studyUid: string, lists: TreatedStudyStore): Promise<string | null> {
    const personOf = async () => {
      const row = await first<{ person: string | null }>(
        this.sql,
        'SELECT person_id AS person FROM studies WHERE study_uid = $1',
        [studyUid],
      );
      return row?.person ?? null;
    };
    for (let person = await personOf(); ; ) {
      if (person !== null) await lists.lock([person]);
      const now = await personOf();
      if (now === person) return person;
      person = now;
    }
  }
}
