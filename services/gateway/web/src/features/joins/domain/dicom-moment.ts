/** A DICOM date and time (PS3.5 section 6.2, DA and TM) to be read; empty where there is none. */
export function dicomMoment(date: string, time: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  if (year === undefined) return '';
  const [, hour, minute] = /^(\d{2})(\d{2})/.exec(time) ?? [];
  return `${year}-${month}-${day}${hour === undefined ? '' : ` ${hour}:${minute}`}`;
}
