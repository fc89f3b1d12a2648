import type { Sql } from '@yinglian/persistence';
import type { ActorDay, NewOfDay } from '../domain/actor-day.js';
import type { FindingRule } from '../domain/finding-rule.js';
import { COUNTED_BY, IS_COLLEAGUE, IS_VIP, OPENED_UNTREATED } from './counted-by.js';
import { personsOfStaff } from './persons-of-staff.js';

/** What an account did of a kind that a rule counts. */
export interface Counted extends ActorDay {
  readonly displayName: string;
  readonly hospital: string | null;
  readonly count: number;
  /** Some of the records, the newest. */
  readonly accessIds: readonly string[];
}

const RECORDS_AT_MOST = 200;

/** What these accounts did of the rule's kind in the days up to each day: only as much as makes a finding by `threshold`. */
export async function countBy(
  sql: Sql,
  { rule, threshold, days }: FindingRule,
  newOfDays: readonly NewOfDay[],
): Promise<Counted[]> {
  const { where, what, concerns } = COUNTED_BY[rule];
  const concerned = newOfDays.filter(concerns);
  if (concerned.length === 0) return [];
  return sql.query(
    `SELECT d.subject, to_char(d.day, 'YYYY-MM-DD') AS day, c.*
     FROM jsonb_to_recordset($1::jsonb) AS d (subject text, day date, own text[], relatives text[])
     CROSS JOIN LATERAL (
       SELECT count(${what})::int AS count, (array_agg(display_name ORDER BY at DESC))[1] AS "displayName",
         (array_agg(actor_hospital ORDER BY at DESC))[1] AS hospital,
         (array_agg(access_id ORDER BY at DESC))[1:${RECORDS_AT_MOST}] AS "accessIds"
       FROM accesses a WHERE a.subject = d.subject AND NOT further
         AND a.at >= (d.day - ($2::int - 1))::timestamp AT TIME ZONE 'Asia/Shanghai'
         AND a.at < (d.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AND ${where}
     ) c WHERE c.count >= $3`,
    [JSON.stringify(concerned), days, threshold],
  );
}

/** Who did something in these places of the log, on which day. */
export async function newOfDaysIn(sql: Sql, from: number, limit: number): Promise<{ next: number; found: NewOfDay[] }> {
  const rows = await sql.query<Omit<NewOfDay, 'own' | 'relatives'> & { last: string }>(
    `SELECT subject, to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, max(position) AS last,
       bool_or(${OPENED_UNTREATED} AND ${IS_COLLEAGUE}) AS "metColleague", bool_or(${OPENED_UNTREATED} AND ${IS_VIP}) AS "metVip"
     FROM (SELECT * FROM accesses WHERE position >= $1 ORDER BY position LIMIT $2) a GROUP BY 1, 2`,
    [from, limit],
  );
  const next = rows.reduce((furthest, { last }) => Math.max(furthest, Number(last) + 1), from);
  const named = rows.filter(({ subject }) => subject !== '-');
  const known = await personsOfStaff(sql, [...new Set(named.map(({ subject }) => subject))]);
  const personsOf = new Map(known.map((persons) => [persons.subject, persons]));
  const found = named.map(({ last: _, ...day }) => ({ own: [], relatives: [], ...personsOf.get(day.subject), ...day }));
  return { next, found };
}
