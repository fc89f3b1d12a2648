import type { Sql } from '@yinglian/persistence';
import type { RoomTaken } from '../domain/saving.js';

/** `hot` as it came, `cold` compact (ADR 0041), `hospital` at home still (ADR 0038): of that nothing is stored here. */
export type Tier = 'hot' | 'cold' | 'hospital';

export interface StoredTier extends RoomTaken {
  readonly hospital: string;
  /** Empty where the series does not say. */
  readonly modality: string;
  readonly tier: Tier;
}

/** Packs that are read, by hospital, modality and tier. Reads the rows of all packs: for people, not for every request. */
export function storedTiers(sql: Sql): Promise<StoredTier[]> {
  return sql.query<StoredTier>(
    `SELECT hospital, modality, tier, count(*)::float8 AS packs, sum(bytes)::float8 AS bytes, sum(stored)::float8 AS "storedBytes"
     FROM (SELECT packs.hospital, COALESCE(series.modality, '') AS modality, packs.size_bytes AS bytes,
             CASE WHEN at_hospital THEN 'hospital' WHEN compact.digest IS NULL THEN 'hot' ELSE 'cold' END AS tier,
             CASE WHEN at_hospital THEN 0 ELSE COALESCE(compact.stored_bytes, packs.size_bytes) END AS stored
           FROM packs LEFT JOIN series USING (study_uid, series_uid) LEFT JOIN compact_packs compact USING (digest)
           WHERE NOT EXISTS (SELECT 1 FROM retired_packs WHERE retired_packs.digest = packs.digest)) pack
     GROUP BY hospital, modality, tier ORDER BY hospital, modality, tier DESC`,
  );
}
