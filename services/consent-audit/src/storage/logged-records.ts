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
  const rows = await sql.query<Row>(SELECT, [from, limit], 'logged-records');
  return rows.map(({ position, at, record }) => ({
    position: Number(position),
    record: { ...record, at: at.toISOString() },
  }));
}

const SELECT = `
  SELECT position, at, jsonb_strip_nulls(jsonb_build_object(
    'eventId', event_id, 'accessId', access_id, 'count', count,
    'actor', jsonb_build_object('subject', subject, 'displayName', display_name, 'roles', roles, 'hospital', actor_hospital),
    'action', action, 'purposeOfUse', purpose_of_use, 'personId', person_id, 'studyInstanceUid', study_uid,
    'ownerHospital', owner_hospital, 'query', query,
    'decision', jsonb_build_object('outcome', outcome, 'code', code, 'policies', policies, 'policyVersion', policy_version),
    'service', service, 'traceId', trace_id, 'breakGlassId', break_glass_id,
    'account', account, 'address', address, 'objectKind', object_kind, 'objectId', object_id, 'facts', facts)) AS record
  FROM accesses WHERE position >= $1 ORDER BY position LIMIT $2`;
