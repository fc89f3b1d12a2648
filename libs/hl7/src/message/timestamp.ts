const PATTERN =
  /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:\.(\d{1,4}))?)?)?\s*([+-]\d{4})?$/;

/**
 * The instant that a time stamp (HL7 2.5.1 section 2.A.77, TS) means; `2026-01-02 10:20:30` is read too. Undefined when it is no
 * time. A date without a time means its first moment.
 * @param zone of the sender, `+0800`; a zone in the value goes before
 */
export function readTimestamp(value: string, zone: string): string | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', stated = zone] =
    PATTERN.exec(value.trim()) ?? [];
  if (year === undefined) return undefined;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const offset = `${stated.slice(0, 3)}:${stated.slice(3)}`;
  const read = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  if (Number.isNaN(read.getTime()) || !isOfCalendar(Number(year), Number(month), Number(day))) return undefined;
  return read.toISOString();
}

/** JavaScript takes 31 February for 3 March. */
const isOfCalendar = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
