/** Days from the first to the last one, YYYYMMDD, both included. */
export interface DateRange {
  readonly first: string;
  readonly last: string;
}

const FIRST_DAY = '00000101';
const LAST_DAY = '99991231';
const VALUE = /^(eq|ge|le|gt|lt|sa|eb)?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/**
 * The days that a date parameter allows, `ge1990-03` (http://hl7.org/fhir/R4/search.html#date). Null when it is no date, has a time of
 * day, or a prefix that is no range of days.
 */
export function readDateRange(value: string): DateRange | null {
  const [, prefix = 'eq', year = '', month, day] = VALUE.exec(value) ?? [];
  const first = dayOf(year, month ?? '01', day ?? '01');
  if (first === null) return null;
  const last = day === undefined ? lastOf(year, month) : first;
  switch (prefix) {
    case 'ge':
      return { first, last: LAST_DAY };
    case 'le':
      return { first: FIRST_DAY, last };
    case 'gt':
    case 'sa':
      return { first: shifted(last, 1), last: LAST_DAY };
    case 'lt':
    case 'eb':
      return { first: FIRST_DAY, last: shifted(first, -1) };
    default:
      return { first, last };
  }
}

/** The days that all of the ranges allow; without any, all days. */
export const common = (ranges: readonly DateRange[]): DateRange => ({
  first: [FIRST_DAY, ...ranges.map(({ first }) => first)].sort().at(-1) ?? FIRST_DAY,
  last: [LAST_DAY, ...ranges.map(({ last }) => last)].sort().at(0) ?? LAST_DAY,
});

function dayOf(year: string, month: string, day: string): string | null {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isDay = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
  return isDay ? compact(date) : null;
}

function lastOf(year: string, month: string | undefined): string {
  if (month === undefined) return `${year}1231`;
  const date = new Date(`${year}-${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1, 0);
  return compact(date);
}

function shifted(day: string, days: number): string {
  const date = new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  const outside = date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9999;
  return outside ? day : compact(date);
}

const compact = (date: Date): string => date.toISOString().slice(0, 10).replaceAll('-', '');
