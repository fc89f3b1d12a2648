import type { Ledger } from '../ledger/ledger.js';

/** Longer than any report is asked again, and shorter than numbers are used again. */
const REMEMBERED_DAYS = 400;
const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 1_000;

/** Forgets studies, performed steps and reports of long ago; the registry has what there is to know of them. Exams are the messages'. */
export function forgetCompleteness(ledger: Ledger, now: Date): void {
  const instant = new Date(now.getTime() - REMEMBERED_DAYS * DAY_MS).toISOString();
  const day = instant.slice(0, 10);
  const old = (table: string, key: string, column: string) =>
    `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${column} < ? ORDER BY ${column} LIMIT ${AT_ONCE})`;
  ledger.transaction(() => {
    ledger.prepare(old('studies', 'study_uid', 'day')).run(day);
    ledger.prepare(old('performed_steps', 'step_uid', 'changed_at')).run(instant);
    ledger.prepare(old('daily_reports', 'day', 'day')).run(day);
  });
}
