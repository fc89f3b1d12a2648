import { first, type Sql } from '@yinglian/persistence';
import type { ConflictKind } from '../domain/link-decision.js';

/** Conflicts of one kind that the queue has, by how long they have been there. */
export interface OpenOfKind {
  readonly kind: ConflictKind;
  readonly waiting: number;
  /** Not waiting for a hospital: of the last day, of the last seven days, older. */
  readonly today: number;
  readonly week: number;
  readonly older: number;
}

export interface DecidedOfDay {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly steward: string;
  readonly decisions: number;
}

export const openByKind = (sql: Sql, now: Date): Promise<OpenOfKind[]> =>
  sql.query(
    `SELECT kind, count(*) FILTER (WHERE waiting)::int AS waiting,
            count(*) FILTER (WHERE NOT waiting AND age <= interval '1 day')::int AS today,
            count(*) FILTER (WHERE NOT waiting AND age > interval '1 day' AND age <= interval '7 days')::int AS week,
            count(*) FILTER (WHERE NOT waiting AND age > interval '7 days')::int AS older
     FROM (
       SELECT kind, waiting, $1::timestamptz - opened_at AS age
       FROM conflicts c JOIN patients p USING (hospital, issuer, local_id) JOIN persons h ON h.person_id = p.home_id
       LEFT JOIN persons o ON o.person_id = c.other_person_id
       WHERE decision IS NULL AND NOT set_aside AND (kind <> 'LIKELY_SAME' OR h.survivor_id IS DISTINCT FROM o.survivor_id)
     ) AS open GROUP BY kind ORDER BY kind`,
    [now],
  );

/** What stewards decided, by the day of the province and by who it was; what was taken back later, too. */
export const decidedByDay = (sql: Sql, since: Date, timeZone: string): Promise<DecidedOfDay[]> =>
  sql.query(
    `SELECT to_char(made_at AT TIME ZONE $2, 'YYYY-MM-DD') AS day, max(made_by_name) AS steward, count(*)::int AS decisions
     FROM decisions WHERE reason = 'STEWARD' AND made_at >= $1
     GROUP BY 1, made_by ORDER BY 1 DESC, 3 DESC, 2`,
    [since, timeZone],
  );

/** Half of the conflicts were decided faster; null when none was. */
export async function medianSecondsToDecision(sql: Sql, since: Date): Promise<number | null> {
  const row = await first<{ seconds: number | null }>(
    sql,
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - opened_at)) AS seconds
     FROM conflicts WHERE decision IS NOT NULL AND decided_at >= $1`,
    [since],
  );
  return row?.seconds === null || row === undefined ? null : Math.round(row.seconds);
}

export async function withdrawnSince(sql: Sql, since: Date): Promise<number> {
  const row = await first<{ count: number }>(
    sql,
    'SELECT count(*)::int AS count FROM decisions WHERE withdrawn_at >= $1',
    [since],
  );
  return row?.count ?? 0;
}
