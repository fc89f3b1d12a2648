import { first, type Sql } from '@yinglian/persistence';

export interface CompactTotal {
  readonly hospital: string;
  /** Empty where the series does not say. */
  readonly modality: string;
  readonly packs: number;
  /** Of the packs as they came. */
  readonly bytes: number;
  readonly storedBytes: number;
}

export interface CompactSizes {
  readonly sizeBytes: number;
  readonly storedBytes: number;
}

/** What is stored compact, of each hospital and modality. */
export class CompactPackStore {
  constructor(private readonly sql: Sql) {}

  /** Saying it again changes nothing, unless it takes another room now. In a transaction. */
  async add(digest: string, { sizeBytes, storedBytes }: CompactSizes): Promise<void> {
    await this.remove(digest);
    await this.sql.query(
      `WITH added AS (
         INSERT INTO compact_packs (digest, hospital, modality, size_bytes, stored_bytes)
         SELECT digest, hospital, COALESCE(modality, ''), $2, $3 FROM packs LEFT JOIN series USING (study_uid, series_uid) WHERE digest = $1
         RETURNING *)
       INSERT INTO compact_totals AS total (hospital, modality, packs, size_bytes, stored_bytes)
       SELECT hospital, modality, 1, size_bytes, stored_bytes FROM added
       ON CONFLICT (hospital, modality) DO UPDATE SET packs = total.packs + 1, size_bytes = total.size_bytes + excluded.size_bytes,
         stored_bytes = total.stored_bytes + excluded.stored_bytes`,
      [digest, sizeBytes, storedBytes],
    );
  }

  /** Whether it was stored compact. */
  async remove(digest: string): Promise<boolean> {
    const removed = await first(
      this.sql,
      `WITH removed AS (DELETE FROM compact_packs WHERE digest = $1 RETURNING *)
       UPDATE compact_totals total SET packs = total.packs - 1, size_bytes = total.size_bytes - removed.size_bytes,
         stored_bytes = total.stored_bytes - removed.stored_bytes
       FROM removed WHERE (total.hospital, total.modality) = (removed.hospital, removed.modality) RETURNING 1`,
      [digest],
    );
    return removed !== undefined;
  }

  /** By hospital, what takes most first. */
  totals(): Promise<CompactTotal[]> {
    return this.sql.query<CompactTotal>(
      `SELECT hospital, modality, packs::float8 AS packs, size_bytes::float8 AS bytes, stored_bytes::float8 AS "storedBytes"
       FROM compact_totals WHERE packs > 0 ORDER BY hospital, size_bytes DESC`,
    );
  }
}
