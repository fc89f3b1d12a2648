import type { Sql } from '@yinglian/persistence';

/** A record as the log has it: what is hashed, exported and verified. */
export interface LoggedRecord {
  readonly position: number;
  readonly record: Record<string, unknown>;
}

interface Row {
  readonly position: string;
  readonly at: Date;
  readonly record: Record<string, unknown>;
}

/**
 * Records from a position on, in their order. They are made of the columns that are searched, so that none of these can be changed and
 * stay unnoticed. What a record has not is left out: a field that comes to be later changes no older hash.
 */
export async function loggedRecords(sql: Sql, from: number, limit: number): Promise<LoggedRecord[]> {
  const where = 'WHERE position >= $1 ORDER BY position LIMIT $2';
  return (await sql.query<Row>(`${SELECT} ${where}`, [from, limit], 'logged-records')).map(logged);
}

/** All records of these accesses, further looks too, in their order. */
export async function loggedRecordsOf(sql: Sql, accessIds: readonly string[]): Promise<LoggedRecord[]> {
  const where = 'WHERE access_id = ANY ($1::uuid[]) ORDER BY position';
  return (await sql.query<Row>(`${SELECT} ${where}`, [accessIds], 'logged-records-of')).map(logged);
}

const logged = ({ position, at, record }: Row): LoggedRecord => ({
  position: Number(position),
  record: { ...record, at: at.toISOString() },
});

const SELECT = `
  SELECT position, at, jsonb_strip_nulls(jsonb_build_object(
    'eventId', event_id, 'accessId', access_id, 'count', count,
    'actor', jsonb_build_object('subject', subject, 'displayName', display_name, 'roles', roles, 'hospital', actor_hospital),
    'action', action, 'purposeOfUse', purpose_of_use, 'personId', person_id, 'studyInstanceUid', study_uid,
    'ownerHospital', owner_hospital, 'query', query,
    'decision', jsonb_build_object('outcome', outcome, 'code', code, 'policies', policies, 'policyVersion', policy_version),
    'service', service, 'traceId', trace_id, 'breakGlassId', break_glass_id,
    'account', account, 'address', address, 'objectKind', object_kind, 'objectId', object_id, 'facts', facts)) AS record
  FROM accesses`;
