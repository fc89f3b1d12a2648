import type { Sql } from '@yinglian/persistence';
import type { CaseVerdict } from '../domain/case.js';
import type { FindingRuleName } from '../domain/finding-rule.js';
import type { Months } from './access-counts.js';

const BEGIN = "($1 || '-01')::date";
const END = "(($2 || '-01')::date + interval '1 month')::date";
const instant = (day: string) => `${day}::timestamp AT TIME ZONE 'Asia/Shanghai'`;

export interface FindingFigures {
  readonly rule: FindingRuleName;
  readonly found: number;
  /** Of which an auditor made a case, said why they are none, or has done neither. */
  readonly cases: number;
  readonly dismissed: number;
  readonly open: number;
}

/** What was found on the days of these months, by rule, the most first. */
export const findingStatistics = (sql: Sql, { from, to }: Months): Promise<FindingFigures[]> =>
  sql.query(
    `SELECT rule, count(*)::int AS found, count(case_id)::int AS cases,
       count(*) FILTER (WHERE settled_at IS NOT NULL AND case_id IS NULL)::int AS dismissed,
       count(*) FILTER (WHERE settled_at IS NULL)::int AS open
     FROM findings WHERE day >= ${BEGIN} AND day < ${END} GROUP BY rule ORDER BY found DESC, rule`,
    [from, to],
  );

export interface VerdictFigures {
  /** Null: there is none yet. */
  readonly verdict: CaseVerdict | null;
  readonly cases: number;
  /** Half of them had their verdict after so many days. */
  readonly medianDays: number | null;
}

/** Of the cases that were opened in these months. */
export const verdictStatistics = (sql: Sql, { from, to }: Months): Promise<VerdictFigures[]> =>
  sql.query(
    `SELECT verdict, count(*)::int AS cases,
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - opened_at)) / 86400)::float8 AS "medianDays"
     FROM cases WHERE opened_at >= ${instant(BEGIN)} AND opened_at < ${instant(END)} GROUP BY verdict ORDER BY cases DESC, verdict`,
    [from, to],
  );
