import type { Sql } from '@yinglian/persistence';
import type { FindingRule, FindingRuleName } from '../domain/finding-rule.js';

/** An account on a day of the province's calendar. */
export interface ActorDay {
  readonly subject: string;
  /** YYYY-MM-DD */
  readonly day: string;
}

/** What an account did of a kind that a rule counts. */
export interface Counted extends ActorDay {
  readonly displayName: string;
  readonly hospital: string | null;
  readonly count: number;
  /** Some of the records, the newest. */
  readonly accessIds: readonly string[];
}

const LOCAL_HOUR = "extract(hour FROM a.at AT TIME ZONE 'Asia/Shanghai')";
const OPENED = "a.action = 'study.retrieve' AND a.outcome = 'permit'";

/** Which records a rule counts, and of what: records themselves, or whom they are about. */
const COUNTED_BY: Readonly<Record<FindingRuleName, { readonly where: string; readonly what: string }>> = {
  DECLARED_ONLY: { where: `${OPENED} AND a.code = 'DECLARED_RELATIONSHIP'`, what: 'DISTINCT person_id' },
  MORE_THAN_PEERS: { where: OPENED, what: 'DISTINCT person_id' },
  AT_NIGHT: {
    where: `${OPENED} AND a.code <> 'HOME_HOSPITAL' AND (${LOCAL_HOUR} >= 22 OR ${LOCAL_HOUR} < 6)`,
    what: 'DISTINCT person_id',
  },
  BREAK_GLASS_CLUSTER: { where: "a.action = 'break-glass.open'", what: '*' },
  REFUSED_OFTEN: { where: "a.outcome = 'deny' AND a.subject <> '-'", what: '*' },
  OWN_RECORD: { where: `${OPENED} AND a.person_id = own_person`, what: '*' },
};

const RECORDS_AT_MOST = 200;

/** What these accounts did of the rule's kind in the days up to each day: only as much as makes a finding by `threshold`. */
export const countBy = (
  sql: Sql,
  { rule, threshold, days }: FindingRule,
  actorDays: readonly ActorDay[],
  ownPersons: readonly (string | null)[],
): Promise<Counted[]> =>
  sql.query(
    `SELECT d.subject, to_char(d.day, 'YYYY-MM-DD') AS day, c.* FROM unnest($1::text[], $2::date[], $5::text[])
       AS d (subject, day, own_person)
     CROSS JOIN LATERAL (
       SELECT count(${COUNTED_BY[rule].what})::int AS count, (array_agg(display_name ORDER BY at DESC))[1] AS "displayName",
         (array_agg(actor_hospital ORDER BY at DESC))[1] AS hospital,
         (array_agg(access_id ORDER BY at DESC))[1:${RECORDS_AT_MOST}] AS "accessIds"
       FROM accesses a WHERE a.subject = d.subject AND NOT further
         AND a.at >= (d.day - ($4::int - 1))::timestamp AT TIME ZONE 'Asia/Shanghai'
         AND a.at < (d.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AND ${COUNTED_BY[rule].where}
     ) c WHERE c.count >= $3`,
    [
      actorDays.map(({ subject }) => subject),
      actorDays.map(({ day }) => day),
      threshold,
      days,
      actorDays.map((_, n) => ownPersons[n] ?? null),
    ],
  );

/** Who did something in these places of the log, on which day. */
export async function actorDaysIn(sql: Sql, from: number, limit: number): Promise<{ next: number; found: ActorDay[] }> {
  const rows = await sql.query<ActorDay & { last: string }>(
    `SELECT subject, to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, max(position) AS last
     FROM (SELECT * FROM accesses WHERE position >= $1 ORDER BY position LIMIT $2) a GROUP BY 1, 2`,
    [from, limit],
  );
  const next = rows.reduce((furthest, { last }) => Math.max(furthest, Number(last) + 1), from);
  return { next, found: rows.filter(({ subject }) => subject !== '-').map(({ subject, day }) => ({ subject, day })) };
}
