import { first, type Sql } from '@yinglian/persistence';
import type { DestroyedStudy, Disposal, DisposalState } from '../domain/disposal.js';

const COLUMNS = `disposal_id::float8 AS "disposalId", study_uid AS "studyInstanceUid", hospital, state, note, confirmed_by AS "confirmedBy",
  confirmed_by_name AS "confirmedByName", confirmed_at AS "confirmedAt", registered_by AS "registeredBy",
  registered_by_name AS "registeredByName", registered_at AS "registeredAt", stopped_for AS "stoppedFor", destroyed, ended_at AS "endedAt"`;
const UNDER_WAY = `state IN ('confirmed', 'registered', 'destroying')`;
const NOT_LATER = '(try_at IS NULL OR try_at <= now())';

export interface Confirmation extends Pick<Disposal, 'studyInstanceUid' | 'hospital' | 'note'> {
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
}

export interface DisposalPage {
  readonly hospital: string | null;
  /** At least one. */
  readonly states: readonly DisposalState[];
  readonly before: number | null;
  readonly limit: number;
}

/** Studies that are given up, and what became of that. */
export class DisposalStore {
  constructor(private readonly sql: Sql) {}

  /** The one of a study that has not ended, by its lock. */
  underWay(studyUid: string): Promise<Disposal | undefined> {
    return first<Disposal>(this.sql, `SELECT ${COLUMNS} FROM disposals WHERE study_uid = $1 AND ${UNDER_WAY}`, [
      studyUid,
    ]);
  }

  /** Its objects are being deleted, or were within the hour, in which an upload may have begun: what comes of it now has to come again later. */
  async isBeingDestroyed(studyUid: string): Promise<boolean> {
    const rows = await this.sql.query(
      `SELECT 1 FROM disposals WHERE study_uid = $1
         AND (state = 'destroying' OR state = 'destroyed' AND ended_at > now() - interval '1 hour')`,
      [studyUid],
      'disposal-of-arriving',
    );
    return rows.length > 0;
  }

  find(disposalId: number): Promise<Disposal | undefined> {
    return first<Disposal>(this.sql, `SELECT ${COLUMNS} FROM disposals WHERE disposal_id = $1`, [disposalId]);
  }

  async confirm({ studyInstanceUid, hospital, note, by, byName, at }: Confirmation): Promise<Disposal> {
    const added = await first<Disposal>(
      this.sql,
      `INSERT INTO disposals (study_uid, hospital, note, confirmed_by, confirmed_by_name, confirmed_at)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
      [studyInstanceUid, hospital, note, by, byName, at],
    );
    if (added === undefined) throw new Error('A disposal that was just added is not there');
    return added;
  }

  register(disposalId: number, by: string, byName: string, at: Date): Promise<Disposal | undefined> {
    return first<Disposal>(
      this.sql,
      `UPDATE disposals SET state = 'registered', registered_by = $2, registered_by_name = $3, registered_at = $4
       WHERE disposal_id = $1 AND state = 'confirmed' RETURNING ${COLUMNS}`,
      [disposalId, by, byName, at],
    );
  }

  /** Not once its rows are gone. */
  stop(disposalId: number, reason: NonNullable<Disposal['stoppedFor']>): Promise<Disposal | undefined> {
    return first<Disposal>(
      this.sql,
      `UPDATE disposals SET state = 'stopped', stopped_for = $2, ended_at = now()
       WHERE disposal_id = $1 AND state IN ('confirmed', 'registered') RETURNING ${COLUMNS}`,
      [disposalId, reason],
    );
  }

  /** One whose rows are to go: registered before that time. */
  nextRegistered(before: Date): Promise<Disposal | undefined> {
    return first<Disposal>(
      this.sql,
      `SELECT ${COLUMNS} FROM disposals WHERE state = 'registered' AND registered_at <= $1 AND ${NOT_LATER}
       ORDER BY registered_at LIMIT 1`,
      [before],
      'disposal-next-registered',
    );
  }

  /** One whose rows are gone and whose objects are not yet known to be. */
  nextDestroying(): Promise<Disposal | undefined> {
    return first<Disposal>(
      this.sql,
      `SELECT ${COLUMNS} FROM disposals WHERE state = 'destroying' AND ${NOT_LATER} ORDER BY registered_at LIMIT 1`,
      [],
      'disposal-next-destroying',
    );
  }

  async destroying(disposalId: number, destroyed: DestroyedStudy): Promise<void> {
    await this.sql.query(
      `UPDATE disposals SET state = 'destroying', destroyed = $2, tries = 0, try_at = NULL WHERE disposal_id = $1`,
      [disposalId, JSON.stringify(destroyed)],
    );
  }

  /** It failed: others go first. Waits twice as long after each try, from 5 seconds to 10 minutes. */
  async tryLater(disposalId: number): Promise<void> {
    await this.sql.query(
      `UPDATE disposals SET tries = tries + 1, try_at = now() + LEAST(interval '5 seconds' * 2 ^ LEAST(tries, 10), interval '10 minutes')
       WHERE disposal_id = $1`,
      [disposalId],
    );
  }

  async destroyed(disposalId: number, at: Date): Promise<void> {
    await this.sql.query(`UPDATE disposals SET state = 'destroyed', ended_at = $2 WHERE disposal_id = $1`, [
      disposalId,
      at,
    ]);
  }

  /** Those of some studies that have not ended, by the studies' UIDs. */
  async underWayOf(studyUids: readonly string[]): Promise<Map<string, Pick<Disposal, 'disposalId' | 'state'>>> {
    const rows = await this.sql.query<Pick<Disposal, 'studyInstanceUid' | 'disposalId' | 'state'>>(
      `SELECT study_uid AS "studyInstanceUid", disposal_id::float8 AS "disposalId", state FROM disposals
       WHERE study_uid = ANY ($1) AND ${UNDER_WAY}`,
      [studyUids],
    );
    return new Map(rows.map(({ studyInstanceUid, ...disposal }) => [studyInstanceUid, disposal]));
  }

  /** The newest first. Each state is read by itself, so that an index serves it however many have ended. */
  list({ hospital, states, before, limit }: DisposalPage): Promise<Disposal[]> {
    return this.sql.query<Disposal>(
      `SELECT page.* FROM unnest($2::text[]) AS wanted (state) CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM disposals WHERE disposals.state = wanted.state AND ($1::text IS NULL OR hospital = $1)
           AND ($3::bigint IS NULL OR disposal_id < $3) ORDER BY disposal_id DESC LIMIT $4) AS page
       ORDER BY page."disposalId" DESC LIMIT $4`,
      [hospital, states, before, limit],
    );
  }

  async objectsOf(studyUid: string, limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ digest: string }>(
      'SELECT digest FROM objects_to_destroy WHERE study_uid = $1 ORDER BY digest LIMIT $2',
      [studyUid, limit],
    );
    return rows.map(({ digest }) => digest);
  }

  async objectDestroyed(studyUid: string, digest: string): Promise<void> {
    await this.sql.query('DELETE FROM objects_to_destroy WHERE study_uid = $1 AND digest = $2', [studyUid, digest]);
  }
}
