import type { Sql } from '@yinglian/persistence';

/** What a hospital keeps of what is registered, and what becomes of it. */
export interface PixelsAtHospital {
  readonly hospital: string;
  readonly studies: number;
  readonly packs: number;
  readonly bytes: number;
  /** Packs that somebody waits for, or did in the last two minutes. */
  readonly awaited: number;
  /** Packs that the hospital does not have any more as they were, when they were asked for last. */
  readonly failed: number;
  /** Of packs that had come and were let go again, ever (ADR 0046). */
  readonly releasedPacks: number;
  readonly releasedBytes: number;
}

/** Of each hospital that keeps some, by hospital. Reads the index of all packs that are kept: for people, not for every request. */
export function pixelsAtHospitals(sql: Sql): Promise<PixelsAtHospital[]> {
  return sql.query<PixelsAtHospital>(
    `SELECT hospital, studies, kept.packs, bytes, COALESCE(awaited, 0) AS awaited, COALESCE(failed, 0) AS failed,
       COALESCE(released.packs, 0)::float8 AS "releasedPacks", COALESCE(released.size_bytes, 0)::float8 AS "releasedBytes"
     FROM (SELECT hospital, count(DISTINCT study_uid)::int AS studies, count(*)::int AS packs, sum(size_bytes)::float8 AS bytes
           FROM packs WHERE at_hospital GROUP BY hospital) kept
     LEFT JOIN (SELECT hospital, count(*) FILTER (WHERE failed_at IS NULL AND wanted_at > now() - interval '2 minutes')::int AS awaited,
                  count(*) FILTER (WHERE failed_at IS NOT NULL)::int AS failed FROM pulls GROUP BY hospital) asked USING (hospital)
     LEFT JOIN released_totals released USING (hospital)
     ORDER BY hospital`,
  );
}
