/** The calendar day of an instant in a time zone such as +0800: `2026-01-02`. */
export function dayAt(instant: Date, zone: string): string {
  const sign = zone.startsWith('-') ? -1 : 1;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  return new Date(instant.getTime() + sign * minutes * 60_000).toISOString().slice(0, 10);
}

/** The instant at which a day begins in a time zone. */
export const startOfDay = (day: string, zone: string): string =>
  new Date(`${day}T00:00:00${zone.slice(0, 3)}:${zone.slice(3)}`).toISOString();
