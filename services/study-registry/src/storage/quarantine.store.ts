import { first, type Sql } from '@yinglian/persistence';
import type { Exchange, KeptVersion } from '../domain/exchange-versions.js';
import type { KnownBytes, QuarantineReason } from '../domain/sort-instances.js';
import { PackStore } from './pack.store.js';
import { CASE_COLUMNS, type CaseDecision, type CaseState, type QuarantineCase } from './quarantine-case.js';

export interface QuarantinedInstance extends KnownBytes {
  readonly place: number;
  readonly reason: QuarantineReason;
}

export interface QuarantiningPack {
  readonly digest: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly hospital: string;
}

interface VersionRow {
  digest: string;
  place: number;
  sop_instance_uid: string;
  data_set_sha256: string;
  displaced_digest: string | null;
  displaced_place: number;
  displaced_sha256: string;
}

/** What is kept aside, by case. Everything that changes it does so under the study's lock. */
export class QuarantineStore {
  constructor(private readonly sql: Sql) {}

  /** Keeps instances of a pack aside, in the open case of their series and reason or in a new one. */
  async add(pack: QuarantiningPack, instances: readonly QuarantinedInstance[]): Promise<void> {
    for (const [reason, ofReason] of Map.groupBy(instances, (instance) => instance.reason)) {
      await this.sql.query(
        `INSERT INTO quarantined_instances (digest, series_uid, study_uid, hospital, case_id, reason, place,
           sop_instance_uid, data_set_sha256)
         SELECT $1, $2, $3, $4, $5, $6, * FROM unnest($7::int[], $8::text[], $9::text[])`,
        [
          pack.digest,
          pack.seriesUid,
          pack.studyUid,
          pack.hospital,
          await this.caseFor(pack, reason, ofReason.length),
          reason,
          ofReason.map(({ place }) => place),
          ofReason.map(({ sopInstanceUid }) => sopInstanceUid),
          ofReason.map(({ dataSetSha256 }) => dataSetSha256),
        ],
      );
    }
  }

  /** Versions that are known and not registered: quarantined ones, and those that another stands in place of. */
  known(studyUid: string): Promise<KnownBytes[]> {
    return this.sql.query<KnownBytes>(
      `SELECT sop_instance_uid AS "sopInstanceUid", sha256 AS "dataSetSha256"
       FROM quarantined_instances, unnest(ARRAY[data_set_sha256, displaced_sha256]) AS sha256
       WHERE study_uid = $1 AND sha256 IS NOT NULL`,
      [studyUid],
    );
  }

  /** Whether a pack holds versions that are kept aside, or that others stand in place of. */
  async isHeldBy(studyUid: string, digest: string): Promise<boolean> {
    const rows = await this.sql.query(
      'SELECT 1 FROM quarantined_instances WHERE study_uid = $1 AND (digest = $2 OR displaced_digest = $2) LIMIT 1',
      [studyUid, digest],
    );
    return rows.length > 0;
  }

  find(caseId: string): Promise<QuarantineCase | undefined> {
    return first<QuarantineCase>(this.sql, `SELECT ${CASE_COLUMNS} FROM quarantine_cases WHERE case_id = $1`, [caseId]);
  }

  /** Versions of a case in the order in which they came. */
  async versions(caseId: string, limit?: number): Promise<KeptVersion[]> {
    const rows = await this.sql.query<VersionRow>(
      `SELECT digest, q.place, q.sop_instance_uid, q.data_set_sha256, displaced_digest, displaced_place, displaced_sha256
       FROM quarantined_instances q JOIN packs USING (study_uid, digest) WHERE case_id = $1 ORDER BY packs.sequence, place LIMIT $2`,
      [caseId, limit ?? null],
    );
    return rows.map(versionOf);
  }

  /** Registers versions in place of others: of each, one is shown and the other left out of its pack. */
  async exchange(caseId: string, exchanges: readonly Exchange[], kind: 'take' | 'undo'): Promise<void> {
    await new PackStore(this.sql).exchange(exchanges);
    await this.remember(caseId, kind === 'take' ? exchanges : []);
  }

  async decide(caseId: string, state: CaseState, made: CaseDecision): Promise<void> {
    await this.sql.query('UPDATE quarantine_cases SET state = $2, version = version + 1 WHERE case_id = $1', [
      caseId,
      state,
    ]);
    await this.sql.query(
      `INSERT INTO quarantine_decisions (case_id, decision, decided_by, decided_by_name, decided_at, note)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [caseId, made.decision, made.decidedBy, made.decidedByName, made.decidedAt, made.note],
    );
  }

  /** Every decision about a case, oldest first. */
  decisions(caseId: string): Promise<CaseDecision[]> {
    return this.sql.query<CaseDecision>(
      `SELECT decision, decided_by AS "decidedBy", decided_by_name AS "decidedByName", decided_at AS "decidedAt", note
       FROM quarantine_decisions WHERE case_id = $1 ORDER BY decision_id`,
      [caseId],
    );
  }

  private async remember(caseId: string, exchanges: readonly Exchange[]): Promise<void> {
    await this.sql.query(
      `UPDATE quarantined_instances SET displaced_digest = NULL, displaced_place = NULL, displaced_sha256 = NULL
       WHERE case_id = $1`,
      [caseId],
    );
    await this.sql.query(
      `UPDATE quarantined_instances q
       SET displaced_digest = x.displaced, displaced_place = x.displaced_place, displaced_sha256 = x.sha256
       FROM unnest($2::text[], $3::int[], $4::text[], $5::int[], $6::text[]) AS x (digest, place, displaced, displaced_place, sha256)
       WHERE q.case_id = $1 AND (q.digest, q.place) = (x.digest, x.place)`,
      [
        caseId,
        exchanges.map(({ registered }) => registered.digest),
        exchanges.map(({ registered }) => registered.place),
        exchanges.map(({ leftOut }) => leftOut.digest),
        exchanges.map(({ leftOut }) => leftOut.place),
        exchanges.map(({ leftOut }) => leftOut.dataSetSha256),
      ],
    );
  }

  private async caseFor(pack: QuarantiningPack, reason: QuarantineReason, instances: number): Promise<string> {
    const key = [pack.studyUid, pack.seriesUid, pack.hospital, reason];
    const grown = await first<{ case_id: string }>(
      this.sql,
      `UPDATE quarantine_cases SET instances = instances + $5, version = version + 1 WHERE case_id = (
         SELECT max(case_id) FROM quarantine_cases
         WHERE state = 'open' AND (study_uid, series_uid, hospital, reason) = ($1, $2, $3, $4)) RETURNING case_id`,
      [...key, instances],
    );
    if (grown !== undefined) return grown.case_id;
    const opened = await first<{ case_id: string }>(
      this.sql,
      `INSERT INTO quarantine_cases (study_uid, series_uid, hospital, reason, instances) VALUES ($1, $2, $3, $4, $5)
       RETURNING case_id`,
      [...key, instances],
    );
    return opened?.case_id ?? '';
  }
}

const versionOf = (row: VersionRow): KeptVersion => ({
  digest: row.digest,
  place: row.place,
  sopInstanceUid: row.sop_instance_uid,
  dataSetSha256: row.data_set_sha256,
  displaced:
    row.displaced_digest === null
      ? null
      : {
          digest: row.displaced_digest,
          place: row.displaced_place,
          sopInstanceUid: row.sop_instance_uid,
          dataSetSha256: row.displaced_sha256,
        },
});
