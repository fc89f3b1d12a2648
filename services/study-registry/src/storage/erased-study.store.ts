import type { Sql } from '@yinglian/persistence';
import { CompactPackStore } from './compact-pack.store.js';

/** What a pack of a study that goes counted for. */
interface CountedPack {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly instances: number;
}

/** Tables that say something of a study by its UID, each before those that it names. What the feed of changes told stays told. */
const TABLES = [
  'left_out_before',
  'quarantined_instances',
  'quarantine_cases',
  'withdrawn_instances',
  'treated_studies',
  'study_names',
  'prior_offers',
  'packs',
  'series',
  'receipts',
  'stowed_studies',
  'pulls',
  'study_requests',
  'decision_checks',
  'study_decisions',
  'studies',
];
/** Those that say something of a pack by its digest. */
const OF_PACKS = [
  'damaged_objects',
  'pulled_packs',
  'recompress_again',
  'released_packs',
  'replica_queue',
  'retired_packs',
  'scrub_requests',
];

/** Takes a study out of the index for good; its objects are named in `objects_to_destroy` from then on. */
export class ErasedStudyStore {
  constructor(private readonly sql: Sql) {}

  /** Cases that no steward has decided. */
  async isInQuarantine(studyUid: string): Promise<boolean> {
    return (
      (
        await this.sql.query(`SELECT 1 FROM quarantine_cases WHERE study_uid = $1 AND state = 'open' LIMIT 1`, [
          studyUid,
        ])
      ).length > 0
    );
  }

  /** In the transaction that holds the study's lock. Returns the packs that it consisted of. */
  async erase(studyUid: string): Promise<CountedPack[]> {
    const packs = await this.sql.query<CountedPack>(
      `SELECT digest AS "sha256", size_bytes::float8 AS "sizeBytes", stored + duplicates + quarantined AS instances
       FROM packs WHERE study_uid = $1 ORDER BY packs.sequence`,
      [studyUid],
    );
    await this.sql.query(
      'INSERT INTO objects_to_destroy (study_uid, digest) SELECT study_uid, digest FROM packs WHERE study_uid = $1',
      [studyUid],
    );
    await this.uncount(studyUid);
    const digests = packs.map(({ sha256 }) => sha256);
    for (const digest of digests) await new CompactPackStore(this.sql).remove(digest);
    for (const table of OF_PACKS) await this.sql.query(`DELETE FROM ${table} WHERE digest = ANY ($1)`, [digests]);
    await this.sql.query(
      'DELETE FROM quarantine_decisions WHERE case_id IN (SELECT case_id FROM quarantine_cases WHERE study_uid = $1)',
      [studyUid],
    );
    for (const table of TABLES) await this.sql.query(`DELETE FROM ${table} WHERE study_uid = $1`, [studyUid]);
    return packs;
  }

  /** From what is stored of each hospital and modality (StorageTotalStore). */
  private async uncount(studyUid: string): Promise<void> {
    await this.sql.query(
      `UPDATE storage_totals SET packs = storage_totals.packs - gone.packs, instances = storage_totals.instances - gone.instances,
         bytes = storage_totals.bytes - gone.bytes
       FROM (SELECT packs.hospital, series.modality, count(*) AS packs, sum(stored + duplicates + quarantined) AS instances,
           sum(size_bytes) AS bytes
         FROM packs JOIN series USING (study_uid, series_uid) WHERE packs.study_uid = $1 GROUP BY 1, 2) AS gone
       WHERE storage_totals.hospital = gone.hospital AND storage_totals.modality = gone.modality AND slot = hashtext($1) & 7`,
      [studyUid],
    );
  }
}
