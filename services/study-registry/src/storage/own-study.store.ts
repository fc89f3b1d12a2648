import type { Sql } from '@yinglian/persistence';

/** What the registry has of one study that a hospital sent. */
export interface OwnStudy {
  readonly studyInstanceUid: string;
  /** Distinct instances registered; 0 when the study is another hospital's. */
  readonly registered: number;
  /** Instances of this hospital that are kept aside until a steward decides. */
  readonly quarantined: number;
  /** Of the registered instances (`changedSetDigest`); null when there are none of its, or it is not computed yet. */
  readonly digest: string | null;
}

/** Of these studies of the hospital, those that the registry has anything of. */
export async function ownStudies(sql: Sql, hospital: string, studyUids: readonly string[]): Promise<OwnStudy[]> {
  return sql.query<OwnStudy>(
    `SELECT uid AS "studyInstanceUid", coalesce(studies.instance_count, 0) AS registered, aside.count AS quarantined,
       studies.contents_digest AS digest
     FROM unnest($2::text[]) uid
     LEFT JOIN studies ON studies.study_uid = uid AND studies.hospital = $1
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS count FROM quarantined_instances q JOIN quarantine_cases c USING (case_id)
       WHERE q.hospital = $1 AND q.study_uid = uid AND c.state = 'open'
     ) aside
     WHERE studies.study_uid IS NOT NULL OR aside.count > 0
     ORDER BY uid`,
    [hospital, studyUids],
    'own-studies',
  );
}
