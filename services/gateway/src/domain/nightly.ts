/** How many days before today are reconciled: images that come late change what a day came to. */
const DAYS_BACK = 7;
const DAY_MS = 24 * 3_600_000;

/** The last days before `today`, the newest first. Days are `2026-01-02` where the hospital is. */
export const daysBefore = (today: string): string[] =>
  Array.from({ length: DAYS_BACK }, (_, back) =>
    new Date(Date.parse(today) - (back + 1) * DAY_MS).toISOString().slice(0, 10),
  );

export interface LastReport {
  /** Day on which yesterday was reported on. */
  readonly on: string;
  readonly isVerified: boolean;
}

/** Whether the days are to be reconciled now: once a day from that hour on, and again until the registry has answered. */
export function isReconciliationDue(today: string, hour: number, from: number, last: LastReport | undefined): boolean {
  if (hour < from) return false;
  return last === undefined || last.on < today || !last.isVerified;
}
