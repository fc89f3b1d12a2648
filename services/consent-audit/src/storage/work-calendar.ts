import { first, type Sql } from '@yinglian/persistence';
import type { WorkCalendar } from '../domain/working-days.js';

/** The province's working days from a local day on, YYYY-MM-DD. */
export async function workCalendar(sql: Sql, from: string): Promise<WorkCalendar> {
  const weekdays = await sql.query<{ weekday: number }>('SELECT weekday FROM calendar_weekdays WHERE works');
  const days = await sql.query<{ day: string; works: boolean }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, works FROM calendar_days WHERE day >= $1`,
    [from],
  );
  return {
    weekdays: new Set(weekdays.map(({ weekday }) => weekday)),
    days: new Map(days.map(({ day, works }) => [day, works])),
  };
}

export interface BreakGlassRule {
  readonly lastsSeconds: number;
  readonly reviewWorkingDays: number;
}

/** What holds on a local day. */
export async function breakGlassRule(sql: Sql, day: string): Promise<BreakGlassRule> {
  const rule = await first<BreakGlassRule>(
    sql,
    `SELECT lasts_seconds AS "lastsSeconds", review_working_days AS "reviewWorkingDays" FROM break_glass_rules
     WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to >= $1::date) ORDER BY valid_from DESC LIMIT 1`,
    [day],
  );
  if (rule === undefined) throw new Error('No rule says how long broken glass lasts');
  return rule;
}
