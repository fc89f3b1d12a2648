interface DayWindow {
  /** Minutes of the day. */
  readonly from: number;
  readonly to: number;
}

/** Windows of a day as a clock has them: 22:00–06:00, 12:00–13:30. */
export const clockHours = (windows: readonly DayWindow[]): string =>
  windows.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ');

const clock = (minute: number) => [Math.floor(minute / 60), minute % 60].map(twoDigits).join(':');
const twoDigits = (value: number) => String(value).padStart(2, '0');
