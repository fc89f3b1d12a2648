import { useLanguage } from '@yinglian/web/browser';

const LOCALES = { zh: 'zh-CN', en: 'en-GB' } as const;
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const NOW_SECONDS = 3;
const DAY_MINUTES = 24 * 60;
const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Numbers, sizes and times as the reader's language writes them. */
export function useFormats() {
  const locale = LOCALES[useLanguage()];
  return {
    number: (value: number) => value.toLocaleString(locale),
    bytes: (value: number) => sizeOf(value, locale),
    /** How long ago by the gateway's own clock: the reader's may be wrong. */
    ago: (instant: string, now: string) => agoOf(Date.parse(now) - Date.parse(instant), locale),
    clock: (instant: string) => new Date(instant).toLocaleTimeString(locale, { hour12: false }),
    moment: (instant: string) =>
      new Date(instant).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium', hour12: false }),
    /** No more exact than a forecast is. */
    duration: (minutes: number) => durationOf(minutes, locale),
    /** The day; while it is near, with the time. */
    forecast: (instant: string, minutesAhead: number) =>
      new Date(instant).toLocaleString(locale, {
        ...(minutesAhead > 10 * DAY_MINUTES ? { year: 'numeric' } : {}),
        ...(minutesAhead <= 2 * DAY_MINUTES ? { hour: '2-digit', minute: '2-digit', hour12: false } : {}),
        month: 'short',
        day: 'numeric',
      }),
  };
}

function sizeOf(bytes: number, locale: string): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1_000 && unit < UNITS.length - 1) [value, unit] = [value / 1_000, unit + 1];
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[unit]}`;
}

function durationOf(minutes: number, locale: string): string {
  const [count, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes <= 2 * DAY_MINUTES
        ? [Math.ceil(minutes / 60), 'hour']
        : [Math.ceil(minutes / DAY_MINUTES), 'day'];
  return count.toLocaleString(locale, { style: 'unit', unit, unitDisplay: 'long' });
}

function agoOf(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < NOW_SECONDS) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const step = STEPS.find(([, length]) => seconds >= length);
  return step === undefined
    ? format.format(-seconds, 'second')
    : format.format(-Math.floor(seconds / step[1]), step[0]);
}
