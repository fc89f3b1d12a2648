/** From the first millisecond to the one after the last, since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface DateTest {
  /** Whether a date or time, as the period that it means, is what is asked for. */
  readonly holds: (target: Period) => boolean;
  /** Outside of this nothing is. */
  readonly within: Period;
}

const VALUE =
  /^(eq|ne|ge|le|gt|lt|sa|eb|ap)?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+ -]\d\d:\d\d)?)?)?)?$/;
const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const MINUTE_MS = 60_000;

/**
 * A date parameter with or without a time of day (http://hl7.org/fhir/R4/search.html#date); null when it is none.
 * @param offset of values that name no zone, for instance +08:00
 */
export function readDateTest(value: string, offset: string, now: Date): DateTest | null {
  const asked = periodOf(value, offset);
  if (asked === null) return null;
  const { from, to } = asked;
  const isIn = (target: Period) => target.from >= from && target.to <= to;
  switch (VALUE.exec(value)?.[1]) {
    case 'ne':
      return { holds: (target) => !isIn(target), within: EVER };
    case 'gt':
      return { holds: (target) => target.to > to, within: { ...EVER, from: to } };
    case 'lt':
      return { holds: (target) => target.from < from, within: { ...EVER, to: from } };
    case 'ge':
      return { holds: (target) => target.to > to || isIn(target), within: { ...EVER, from } };
    case 'le':
      return { holds: (target) => target.from < from || isIn(target), within: { ...EVER, to } };
    case 'sa':
      return { holds: (target) => target.from >= to, within: { ...EVER, from: to } };
    case 'eb':
      return { holds: (target) => target.to <= from, within: { ...EVER, to: from } };
    case 'ap': {
      // A tenth of the time that lies between, as FHIR recommends.
      const slack = Math.abs(now.getTime() - from) / 10;
      const within = { from: from - slack, to: to + slack };
      return { holds: (target) => target.from < within.to && target.to > within.from, within };
    }
    default:
      return { holds: isIn, within: asked };
  }
}

function periodOf(value: string, offset: string): Period | null {
  const [, , year, month, day, hour, minute, second, fraction, zone = offset] = VALUE.exec(value) ?? [];
  if (year === undefined) return null;
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`;
  if (!isDay(date)) return null;
  // A plus sign in an address is a space.
  const at = zone.replace(' ', '+');
  const from = Date.parse(
    `${date}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${fraction?.slice(0, 4) ?? ''}${at}`,
  );
  if (Number.isNaN(from)) return null;
  if (fraction !== undefined) return { from, to: from + 1 };
  if (second !== undefined) return { from, to: from + 1_000 };
  if (minute !== undefined) return { from, to: from + MINUTE_MS };
  return { from, to: Date.parse(`${dayAfter(year, month, day)}T00:00:00${at}`) };
}

function dayAfter(year: string, month: string | undefined, day: string | undefined): string {
  const date = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  if (day !== undefined) date.setUTCDate(date.getUTCDate() + 1);
  else if (month !== undefined) date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
}

/** Dates like 30 February roll over to another day. */
function isDay(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}
