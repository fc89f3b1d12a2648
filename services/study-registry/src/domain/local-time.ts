/** When something was, as it was written down: a day, or a second or less. */
export interface LocalTime {
  /** As FHIR writes it (http://hl7.org/fhir/R4/datatypes.html#dateTime). */
  readonly text: string;
  /** Milliseconds since 1970, the last one not included. */
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;
const TIME = /^([01]\d|2[0-3])([0-5]\d)?(?:([0-5]\d)(\.\d{1,6})?)?$/;

/**
 * A DICOM date and time, which name no zone, as FHIR has them. Null without a date that there is; a time that is none is left out.
 * @param offset of the hospitals from UTC, for instance +08:00
 */
export function localTimeOf(date: string, time: string, offset: string): LocalTime | null {
  const day = /^(\d{4})(\d\d)(\d\d)$/.exec(date)?.slice(1).join('-');
  const midnight = Date.parse(`${day}T00:00:00${offset}`);
  if (day === undefined || Number.isNaN(midnight) || localDay(midnight, offset) !== date) return null;
  const [, hour, minute = '00', second = '00', fraction = ''] = TIME.exec(time.trim()) ?? [];
  if (hour === undefined) return { text: day, from: midnight, to: midnight + DAY_MS };
  const text = `${day}T${hour}:${minute}:${second}${fraction}${offset}`;
  const from = Date.parse(`${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${offset}`);
  return { text, from, to: from + (fraction === '' ? 1_000 : 1) };
}

/** The day YYYYMMDD that it is at an instant. */
export const localDay = (instant: number, offset: string): string =>
  new Date(instant + offsetMs(offset)).toISOString().slice(0, 10).replaceAll('-', '');

function offsetMs(offset: string): number {
  return Date.parse('1970-01-01T00:00:00Z') - Date.parse(`1970-01-01T00:00:00${offset}`);
}
