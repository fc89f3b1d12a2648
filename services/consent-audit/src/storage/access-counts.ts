import { first, type Sql } from '@yinglian/persistence';

/** Adds what stands in the log behind what was counted, of so many records at most; answers of how many. Others wait meanwhile. */
export async function countFurther(tx: Sql, limit: number): Promise<number> {
  const progress = await first<{ from: string }>(
    tx,
    'SELECT next_position AS from FROM counting_progress FOR UPDATE',
    [],
  );
  const from = Number(progress?.from ?? 0);
  const counted = await first<{ records: number }>(
    tx,
    `WITH records AS MATERIALIZED (SELECT * FROM accesses WHERE position >= $1 ORDER BY position LIMIT $2), added AS (
       INSERT INTO access_counts (month, hospital, action, purpose, outcome, code, accesses)
       SELECT date_trunc('month', at AT TIME ZONE 'Asia/Shanghai')::date, coalesce(actor_hospital, ''), action, purpose_of_use,
         outcome, code, count(*) FROM records WHERE NOT further GROUP BY 1, 2, 3, 4, 5, 6
       ON CONFLICT (month, hospital, action, purpose, outcome, code)
         DO UPDATE SET accesses = access_counts.accesses + excluded.accesses
     )
     SELECT count(*)::int AS records FROM records`,
    [from, limit],
  );
  const records = counted?.records ?? 0;
  // Places have no gaps.
  if (records > 0) await tx.query('UPDATE counting_progress SET next_position = $1', [from + records]);
  return records;
}

/** Months of the province's calendar, YYYY-MM, both included. */
export interface Months {
  readonly from: string;
  readonly to: string;
}

export interface AccessFigures {
  readonly key: string;
  /** Studies. */
  readonly opened: number;
  readonly refused: number;
  readonly emergencies: number;
}

const GROUPS = ['months', 'hospitals', 'purposes', 'codes'] as const;
export type AccessStatistics = Readonly<Record<(typeof GROUPS)[number], readonly AccessFigures[]>>;

/**
 * Of each month, each hospital of actors (empty: of none), each purpose, and each basis or reason of a refusal; the most first, months in
 * their order. @param looks what is an access; deeds and sign-ins are refused for other reasons
 */
export async function accessStatistics(
  sql: Sql,
  { from, to }: Months,
  looks: readonly string[],
): Promise<AccessStatistics> {
  const rows = await sql.query<AccessFigures & { by: (typeof GROUPS)[number] }>(
    `SELECT CASE grouping(month, hospital, purpose, code) WHEN 7 THEN 'months' WHEN 11 THEN 'hospitals' WHEN 13 THEN 'purposes'
         ELSE 'codes' END AS by,
       coalesce(to_char(month, 'YYYY-MM'), hospital, purpose, code) AS key,
       coalesce(sum(accesses) FILTER (WHERE action = 'study.retrieve' AND outcome = 'permit'), 0)::float8 AS opened,
       coalesce(sum(accesses) FILTER (WHERE outcome = 'deny'), 0)::float8 AS refused,
       coalesce(sum(accesses) FILTER (WHERE action = 'break-glass.open'), 0)::float8 AS emergencies
     FROM access_counts
     WHERE month >= ($1 || '-01')::date AND month <= ($2 || '-01')::date AND (action = ANY ($3) OR action = 'break-glass.open')
     GROUP BY GROUPING SETS ((month), (hospital), (purpose), (code)) ORDER BY opened DESC, refused DESC, key`,
    [from, to, looks],
  );
  const [months = [], hospitals = [], purposes = [], codes = []] = GROUPS.map((group) =>
    rows.filter(({ by }) => by === group).map(({ by: _, ...figures }) => figures),
  );
  return { months: months.sort((one, other) => one.key.localeCompare(other.key)), hospitals, purposes, codes };
}
