export interface AccessFigures {
  readonly key: string;
  readonly opened: number;
  readonly refused: number;
  readonly emergencies: number;
}

export interface Statistics {
  /** YYYY-MM, those in which anything happened. */
  readonly months: readonly AccessFigures[];
  /** Of the actor; empty for the commission and others of none. */
  readonly hospitals: readonly AccessFigures[];
  readonly purposes: readonly AccessFigures[];
  /** Bases of permits and reasons of refusals. */
  readonly codes: readonly AccessFigures[];
  readonly findings: readonly {
    readonly rule: string;
    readonly found: number;
    readonly cases: number;
    readonly dismissed: number;
    readonly open: number;
  }[];
  readonly verdicts: readonly {
    readonly verdict: string | null;
    readonly cases: number;
    readonly medianDays: number | null;
  }[];
}

/** YYYY-MM of the province's calendar: that of an instant, and those before it. */
export function monthsUntil(now: Date, count: number): string[] {
  const [year = 0, month = 0] = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
  })
    .format(now)
    .split('-')
    .map(Number);
  const nth = year * 12 + month - 1;
  return Array.from({ length: count }, (_, n) => nameOf(nth - count + 1 + n));
}

const nameOf = (nth: number): string => `${Math.floor(nth / 12)}-${String((nth % 12) + 1).padStart(2, '0')}`;

/** Each of the months, also those in which nothing happened. */
export const everyMonth = (months: readonly string[], known: readonly AccessFigures[]): AccessFigures[] =>
  months.map((key) => known.find((one) => one.key === key) ?? { key, opened: 0, refused: 0, emergencies: 0 });
