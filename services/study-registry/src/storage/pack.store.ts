import { first, type Sql } from '@yinglian/persistence';
import type { KnownBytes, QuarantineReason } from '../domain/sort-instances.js';

export interface PackRow {
  readonly digest: string;
  readonly series_uid: string;
  /** Places of instances that this pack holds and does not register. */
  readonly left_out: readonly number[];
}

export interface PackOutcome {
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

export interface NewPack extends PackOutcome {
  readonly digest: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly hospital: string;
  readonly sizeBytes: number;
  readonly leftOut: readonly number[];
}

export interface QuarantinedInstance extends KnownBytes {
  readonly place: number;
  readonly reason: QuarantineReason;
}

export class PackStore {
  constructor(private readonly sql: Sql) {}

  outcome(digest: string): Promise<PackOutcome | undefined> {
    return first<PackOutcome>(this.sql, 'SELECT stored, duplicates, quarantined FROM packs WHERE digest = $1', [
      digest,
    ]);
  }

  /** Packs of a study or of one of its series, series by series, in the order in which they were committed. */
  of(studyUid: string, seriesUid?: string): Promise<PackRow[]> {
    return this.sql.query<PackRow>(
      `SELECT digest, series_uid, left_out FROM packs
       WHERE study_uid = $1 AND ($2::text IS NULL OR series_uid = $2) AND stored > 0 ORDER BY series_uid, sequence`,
      [studyUid, seriesUid ?? null],
      'packs-of',
    );
  }

  async add(pack: NewPack): Promise<void> {
    await this.sql.query(
      `INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        pack.digest,
        pack.studyUid,
        pack.seriesUid,
        pack.hospital,
        pack.sizeBytes,
        pack.stored,
        pack.duplicates,
        pack.quarantined,
        pack.leftOut,
      ],
    );
  }

  async quarantine(pack: NewPack, instances: readonly QuarantinedInstance[]): Promise<void> {
    if (instances.length === 0) return;
    await this.sql.query(
      `INSERT INTO quarantined_instances (digest, series_uid, study_uid, hospital, place, sop_instance_uid, reason,
         data_set_sha256)
       SELECT $1, $2, $3, $4, * FROM unnest($5::int[], $6::text[], $7::text[], $8::text[])`,
      [
        pack.digest,
        pack.seriesUid,
        pack.studyUid,
        pack.hospital,
        instances.map(({ place }) => place),
        instances.map(({ sopInstanceUid }) => sopInstanceUid),
        instances.map(({ reason }) => reason),
        instances.map(({ dataSetSha256 }) => dataSetSha256),
      ],
    );
  }

  quarantined(studyUid: string): Promise<KnownBytes[]> {
    return this.sql.query<KnownBytes>(
      `SELECT sop_instance_uid AS "sopInstanceUid", data_set_sha256 AS "dataSetSha256"
       FROM quarantined_instances WHERE study_uid = $1`,
      [studyUid],
    );
  }
}
