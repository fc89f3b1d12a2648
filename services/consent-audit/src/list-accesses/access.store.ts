import type { Sql } from '@yinglian/persistence';

export interface AccessFilter {
  readonly personId?: string | undefined;
  readonly studyInstanceUid?: string | undefined;
  /** Part of the actor's name, or the whole account. */
  readonly actor?: string | undefined;
  /** Of the actor, or of what was asked for. */
  readonly hospital?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Position that the page begins before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface AccessRow {
  readonly position: string;
  readonly accessId: string;
  readonly at: Date;
  readonly count: number;
  readonly actor: {
    readonly subject: string;
    readonly displayName: string;
    readonly roles: string[];
    readonly hospital: string | null;
  };
  readonly action: string;
  readonly purposeOfUse: string;
  readonly personId: string | null;
  readonly studyInstanceUid: string | null;
  readonly ownerHospital: string | null;
  readonly query: string[];
  readonly decision: {
    readonly outcome: string;
    readonly code: string;
    readonly policies: string[];
    readonly policyVersion: string;
  };
  readonly service: string;
}

const CONDITIONS: readonly (readonly [keyof AccessFilter, string])[] = [
  ['personId', 'person_id = ?'],
  ['studyInstanceUid', 'study_uid = ?'],
  ['actor', "(subject = ? OR display_name ILIKE '%' || replace(replace(?, '\\', '\\\\'), '%', '\\%') || '%')"],
  ['hospital', '(actor_hospital = ? OR owner_hospital = ?)'],
  ['outcome', 'outcome = ?'],
  ['from', 'at >= ?::timestamptz'],
  ['to', 'at < ?::timestamptz'],
  ['before', 'position < ?::bigint'],
];

/** A page of the audit trail, newest first. */
export function accessPage(sql: Sql, filter: AccessFilter): Promise<AccessRow[]> {
  const values: unknown[] = [];
  const where = CONDITIONS.flatMap(([name, condition]) => {
    if (filter[name] === undefined) return [];
    values.push(filter[name]);
    return [condition.replaceAll('?', `$${values.length}`)];
  });
  values.push(filter.limit);
  return sql.query<AccessRow>(
    `SELECT position, access_id AS "accessId", at, count,
       jsonb_build_object('subject', subject, 'displayName', display_name, 'roles', roles, 'hospital', actor_hospital) AS actor,
       action, purpose_of_use AS "purposeOfUse", person_id AS "personId", study_uid AS "studyInstanceUid",
       owner_hospital AS "ownerHospital", query,
       jsonb_build_object('outcome', outcome, 'code', code, 'policies', policies, 'policyVersion', policy_version) AS decision,
       service
     FROM accesses ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
     ORDER BY position DESC LIMIT $${values.length}`,
    values,
  );
}
