import type { DeedObject } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import type { RecordedAction } from '../domain/event-kind.js';

export interface AccessFilter {
  /** Of any of these persons, who are one. */
  readonly personIds?: readonly string[] | undefined;
  readonly studyInstanceUid?: string | undefined;
  /** What was looked at under it. */
  readonly breakGlassId?: string | undefined;
  /** A whole account. */
  readonly subject?: string | undefined;
  /** A whole account, or part of a name. */
  readonly actor?: string | undefined;
  /** An account whose own are left out. */
  readonly notBy?: string | undefined;
  /** Of the actor, or of what was asked for. */
  readonly hospital?: string | undefined;
  readonly outcome?: 'permit' | 'deny' | undefined;
  readonly action?: string | undefined;
  readonly purposeOfUse?: string | undefined;
  /** UTC instants; `to` is not included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The last access of the page before. */
  readonly after?: { readonly at: Date; readonly position: string } | undefined;
  readonly limit: number;
}

/** One access: its first look, with the later ones added up. */
export interface AccessRow {
  readonly position: string;
  readonly accessId: string;
  readonly at: Date;
  /** The latest look that was counted. */
  readonly lastAt: Date;
  readonly count: number;
  readonly actor: {
    readonly subject: string;
    readonly displayName: string;
    readonly roles: string[];
    readonly hospital: string | null;
  };
  readonly action: RecordedAction;
  readonly purposeOfUse: string;
  readonly personId: string | null;
  readonly studyInstanceUid: string | null;
  readonly ownerHospital: string | null;
  /** Whose account something was done to. */
  readonly account: string | null;
  /** The address it came from: of sign-ins only. */
  readonly address: string | null;
  /** What a deed was done to, where that is no person, study or account. */
  readonly object: DeedObject | null;
  readonly query: string[];
  readonly decision: {
    readonly outcome: string;
    readonly code: string;
    readonly policies: string[];
    readonly policyVersion: string;
  };
  /** The break-glass that the permit rests on; null where none. */
  readonly breakGlassId: string | null;
  readonly service: string;
}

/** More accounts than this are a condition of the walk; fewer are walked one by one. */
const WALKED_ACCOUNTS = 50;

/** A page of the audit trail, newest first. */
export async function accessPage(sql: Sql, filter: AccessFilter): Promise<AccessRow[]> {
  const subjects = await subjectsOf(sql, filter);
  if (subjects?.length === 0) return [];
  const { text, values } = pageQuery(filter, subjects);
  return sql.query<AccessRow>(text, values);
}

/** Those with these ids, with their further looks added up, the newest first. */
export const accessesById = (sql: Sql, accessIds: readonly string[]): Promise<AccessRow[]> =>
  sql.query(
    `${SELECT_PAGE} FROM (SELECT a.* FROM unnest($1::uuid[]) AS asked CROSS JOIN LATERAL (
       SELECT * FROM accesses WHERE access_id = asked AND NOT further ORDER BY position LIMIT 1) a) a${WITH_FURTHER}
     ORDER BY a.at DESC, a.position DESC`,
    [accessIds],
  );

/** Undefined when there is none. */
export const findAccess = async (sql: Sql, accessId: string): Promise<AccessRow | undefined> =>
  (await accessesById(sql, [accessId]))[0];

/** Records in the log's order, each as it stands there: further looks by themselves. */
export const recordsFrom = (sql: Sql, position: number, limit: number): Promise<AccessRow[]> =>
  sql.query(
    `${SELECT_PAGE} FROM (SELECT * FROM accesses WHERE position >= $1 ORDER BY position LIMIT $2) a
     CROSS JOIN (SELECT NULL::timestamptz AS at, 0 AS count) more ORDER BY a.position`,
    [position, limit],
    'records-from',
  );

async function subjectsOf(sql: Sql, { subject, actor }: AccessFilter): Promise<string[] | null> {
  if (actor === undefined) return subject === undefined ? null : [subject];
  const named = await subjectsNamed(sql, actor);
  return subject === undefined ? named : named.filter((one) => one === subject);
}

async function subjectsNamed(sql: Sql, actor: string): Promise<string[]> {
  const rows = await sql.query<{ subject: string }>(
    'SELECT DISTINCT subject FROM access_actors WHERE subject = $1 OR strpos(lower(display_name), lower($1)) > 0',
    [actor],
  );
  return rows.map(({ subject }) => subject);
}

/** The statement of a page: `subjects` are the accounts that may have acted, null for all. */
export function pageQuery(filter: AccessFilter, subjects: readonly string[] | null) {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const { personIds, studyInstanceUid, breakGlassId, notBy, hospital, outcome, action, purposeOfUse } = filter;
  const { from, to, after, limit } = filter;
  const always = ['NOT further'];
  if (studyInstanceUid !== undefined) always.push(`study_uid = ${value(studyInstanceUid)}`);
  if (breakGlassId !== undefined) always.push(`break_glass_id = ${value(breakGlassId)}`);
  if (notBy !== undefined) always.push(`subject <> ${value(notBy)}`);
  if (outcome !== undefined) always.push(outcome === 'deny' ? "outcome = 'deny'" : "outcome = 'permit'");
  if (action !== undefined) always.push(`action = ${value(action)}`);
  if (purposeOfUse !== undefined) always.push(`purpose_of_use = ${value(purposeOfUse)}`);
  if (from !== undefined) always.push(`at >= ${value(from)}::timestamptz`);
  if (to !== undefined) always.push(`at < ${value(to)}::timestamptz`);
  if (after !== undefined)
    always.push(`(at, position) < (${value(after.at)}::timestamptz, ${value(after.position)}::bigint)`);
  const atMost = value(limit);
  const walk = (...conditions: string[]) =>
    `(SELECT * FROM accesses WHERE ${[...always, ...conditions].join(' AND ')}
      ORDER BY at DESC, position DESC LIMIT ${atMost})`;

  const ofHospital = hospital === undefined ? null : value(hospital);
  const eitherHospital =
    ofHospital === null ? [] : [`(actor_hospital = ${ofHospital} OR owner_hospital = ${ofHospital})`];
  const isNarrow = personIds !== undefined || studyInstanceUid !== undefined || breakGlassId !== undefined;
  const accounts = subjects === null ? null : value(subjects);
  let found: string;
  if (accounts !== null && !isNarrow && (subjects?.length ?? 0) <= WALKED_ACCOUNTS) {
    const ofAccount = walk('subject = acting', ...eitherHospital);
    found = `SELECT a.* FROM unnest(${accounts}::text[]) AS acting CROSS JOIN LATERAL ${ofAccount} a`;
  } else {
    const byAccount = accounts === null ? [] : [`subject = ANY (${accounts}::text[])`];
    if (personIds !== undefined) {
      const ofPerson = walk('person_id = person', ...byAccount, ...eitherHospital);
      found = `SELECT a.* FROM unnest(${value(personIds)}::text[]) AS person CROSS JOIN LATERAL ${ofPerson} a`;
    } else if (ofHospital === null || isNarrow) {
      found = walk(...byAccount, ...eitherHospital);
    } else {
      // Two walks, since no one index is in the order of either.
      found = `${walk(...byAccount, `actor_hospital = ${ofHospital}`)} UNION ALL
           ${walk(...byAccount, `owner_hospital = ${ofHospital}`, `actor_hospital IS DISTINCT FROM ${ofHospital}`)}`;
    }
  }
  return {
    text: `${SELECT_PAGE} FROM (${found}) a${WITH_FURTHER} ORDER BY a.at DESC, a.position DESC LIMIT ${atMost}`,
    values,
  };
}

const SELECT_PAGE = `SELECT a.position, a.access_id AS "accessId", a.at, greatest(a.at, more.at) AS "lastAt",
  (a.count + coalesce(more.count, 0))::int AS count,
  jsonb_build_object('subject', subject, 'displayName', display_name, 'roles', roles, 'hospital', actor_hospital) AS actor,
  action, purpose_of_use AS "purposeOfUse", person_id AS "personId", study_uid AS "studyInstanceUid",
  owner_hospital AS "ownerHospital", account, address, query,
  CASE WHEN object_kind IS NOT NULL THEN jsonb_build_object('kind', object_kind, 'id', object_id) END AS object,
  jsonb_build_object('outcome', outcome, 'code', code, 'policies', policies, 'policyVersion', policy_version) AS decision,
  break_glass_id AS "breakGlassId", service`;

const WITH_FURTHER = ` CROSS JOIN LATERAL (
    SELECT max(f.at) AS at, sum(f.count) AS count FROM accesses f WHERE f.access_id = a.access_id AND f.position > a.position
  ) more`;
