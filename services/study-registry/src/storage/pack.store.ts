import { first, type Sql } from '@yinglian/persistence';
import type { Exchange } from '../domain/exchange-versions.js';
import { CompactPackStore } from './compact-pack.store.js';

export interface PackRow {
  readonly digest: string;
  readonly series_uid: string;
  /** Places of instances that this pack holds and does not register. */
  readonly left_out: readonly number[];
}

export interface ShownPackRow extends PackRow {
  /** Single instances of the study are withdrawn. */
  readonly has_withdrawn: boolean;
}

const SHOWN = `AND NOT EXISTS (SELECT 1 FROM studies WHERE study_uid = $1 AND is_withdrawn)
  AND NOT EXISTS (SELECT 1 FROM series WHERE is_withdrawn
  AND (series.study_uid, series.series_uid) = (packs.study_uid, packs.series_uid))`;
const HAS_WITHDRAWN = ', EXISTS (SELECT 1 FROM withdrawn_instances WHERE study_uid = $1) AS has_withdrawn';

/** What a pack left out in a version of its study ($3). */
const LEFT_OUT_THEN = `COALESCE((SELECT before.left_out FROM left_out_before before
  WHERE (before.study_uid, before.digest) = (packs.study_uid, packs.digest) AND until_version > $3 ORDER BY until_version LIMIT 1), packs.left_out)`;

const packsOf = (further: string, columns = '') =>
  `SELECT digest, series_uid, left_out${columns} FROM packs
   WHERE study_uid = $1 AND ($2::text IS NULL OR series_uid = $2)
     AND cardinality(left_out) < stored + duplicates + quarantined ${further} ORDER BY series_uid, sequence`;

/** Rows of `PackStore.shown`, of study $1 and, unless it is null, series $2, where nothing of the study is withdrawn. */
export const PACKS_WITHOUT_WITHDRAWALS = packsOf('', ', false AS has_withdrawn');

export interface PackPlace {
  readonly digest: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly hospital: string;
  readonly sizeBytes: number;
  readonly leftOut: readonly number[];
}

const PLACE = `digest, study_uid AS "studyUid", series_uid AS "seriesUid", hospital, size_bytes::float8 AS "sizeBytes",
  left_out AS "leftOut"`;

/** Also packs that registered nothing then: all of theirs is left out. */
const SHOWN_THEN = `SELECT digest, series_uid, ${LEFT_OUT_THEN} AS left_out${HAS_WITHDRAWN} FROM packs
  WHERE study_uid = $1 AND ($2::text IS NULL OR series_uid = $2) AND COALESCE(study_version, 0) <= $3 ${SHOWN} ORDER BY series_uid, sequence`;

export interface PackOutcome {
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

export interface KnownPack extends PackOutcome {
  readonly studyUid: string;
  readonly hospital: string;
  /** The object store has its outline only (ADR 0038). */
  readonly atHospital: boolean;
}

export interface NewPack extends PackOutcome {
  readonly digest: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly hospital: string;
  readonly sizeBytes: number;
  readonly leftOut: readonly number[];
  readonly atHospital: boolean;
  /** Of the study, in which it registers something; null where it does not. */
  readonly studyVersion: number | null;
}

export class PackStore {
  constructor(private readonly sql: Sql) {}

  find(digest: string): Promise<KnownPack | undefined> {
    return first<KnownPack>(
      this.sql,
      `SELECT study_uid AS "studyUid", hospital, at_hospital AS "atHospital", stored, duplicates, quarantined
       FROM packs WHERE digest = $1`,
      [digest],
    );
  }

  /** Its turn among all packs, and whose it is. */
  turnOf(digest: string): Promise<{ sequence: number; studyUid: string } | undefined> {
    return first(
      this.sql,
      'SELECT sequence::float8 AS sequence, study_uid AS "studyUid" FROM packs WHERE digest = $1',
      [digest],
    );
  }

  /** Whose a pack is, and which of its places it does not register. */
  contentsOf(digest: string): Promise<PackPlace | undefined> {
    return first<PackPlace>(this.sql, `SELECT ${PLACE} FROM packs WHERE digest = $1`, [digest]);
  }

  /** All packs of a series that leave something out, in the order of their commits. */
  leavingOut(studyUid: string, seriesUid: string): Promise<PackPlace[]> {
    return this.sql.query<PackPlace>(
      `SELECT ${PLACE} FROM packs WHERE study_uid = $1 AND series_uid = $2 AND left_out <> '{}' ORDER BY packs.sequence`,
      [studyUid, seriesUid],
    );
  }

  /** Of each two versions one is registered from now on, and the other left out of its pack. */
  async exchange(exchanges: readonly Exchange[]): Promise<void> {
    for (const [digest, ofPack] of Map.groupBy(exchanges, ({ leftOut }) => leftOut.digest)) {
      const places = ofPack.map(({ leftOut }) => leftOut.place);
      await this.sql.query('UPDATE packs SET left_out = left_out || $2::int[] WHERE digest = $1', [digest, places]);
    }
    for (const [digest, ofPack] of Map.groupBy(exchanges, ({ registered }) => registered.digest)) {
      await this.sql.query(
        `UPDATE packs SET left_out = ARRAY(SELECT place FROM unnest(left_out) AS place WHERE place <> ALL ($2::int[]))
         WHERE digest = $1`,
        [digest, ofPack.map(({ registered }) => registered.place)],
      );
    }
  }

  /** It is damaged for good, and everything in it stands in other packs: it is not read again. In a transaction. */
  async retire(digest: string): Promise<void> {
    await this.sql.query('INSERT INTO retired_packs (digest) VALUES ($1) ON CONFLICT DO NOTHING', [digest]);
    await this.sql.query('DELETE FROM replica_queue WHERE digest = $1', [digest]);
    await new CompactPackStore(this.sql).remove(digest);
  }

  /** Packs that register something of a study or of one of its series, series by series, in the order of their commits. */
  of(studyUid: string, seriesUid?: string): Promise<PackRow[]> {
    return this.sql.query<PackRow>(packsOf(''), [studyUid, seriesUid ?? null], 'packs-of');
  }

  /** The same without what is withdrawn, the study or series of it; `has_withdrawn` where single instances are, too (`withdrawnInstances`). */
  shown(studyUid: string, seriesUid?: string): Promise<ShownPackRow[]> {
    return this.sql.query<ShownPackRow>(packsOf(SHOWN, HAS_WITHDRAWN), [studyUid, seriesUid ?? null], 'shown-packs-of');
  }

  /** Its bytes are in the object store. */
  async arrived(digest: string): Promise<void> {
    await this.sql.query(
      `WITH arrived AS (UPDATE packs SET at_hospital = false WHERE digest = $1 AND at_hospital RETURNING digest, sequence, hospital, size_bytes),
         pulled AS (
           INSERT INTO pulled_packs (digest, hospital, size_bytes) SELECT digest, hospital, size_bytes FROM arrived
           ON CONFLICT (digest) DO UPDATE SET read_at = now(), kept_at = NULL),
         passed AS (
           INSERT INTO recompress_again (digest) SELECT digest FROM arrived
           WHERE sequence <= (SELECT through_sequence FROM recompression) ON CONFLICT DO NOTHING)
       INSERT INTO replica_queue (digest) SELECT digest FROM arrived
       WHERE EXISTS (SELECT 1 FROM scrub_places WHERE place = 'replica')
       ON CONFLICT (digest) DO UPDATE SET queued_at = clock_timestamp(), attempts = 0, next_try_at = now()`,
      [digest],
    );
  }

  /** The same as of a version of the study: without what came since, and with what was registered then. */
  shownThen(studyUid: string, seriesUid: string | undefined, version: number): Promise<ShownPackRow[]> {
    return this.sql.query<ShownPackRow>(SHOWN_THEN, [studyUid, seriesUid ?? null, version], 'shown-packs-then');
  }

  /** Returns its turn among all packs. Where there is a replica, the pack or its outline waits from now on to be copied there. */
  async add(pack: NewPack): Promise<number> {
    const added = await first<{ sequence: number }>(
      this.sql,
      `WITH added AS (
         INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out,
           at_hospital, study_version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING sequence
       ), queued AS (
         INSERT INTO replica_queue (digest) SELECT $1 WHERE EXISTS (SELECT 1 FROM scrub_places WHERE place = 'replica')
         ON CONFLICT DO NOTHING
       )
       SELECT sequence::float8 AS sequence FROM added`,
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
        pack.atHospital,
        pack.studyVersion,
      ],
    );
    if (added === undefined) throw new Error('A pack that was just added has no turn');
    return added.sequence;
  }
}
