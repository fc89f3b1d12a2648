import type { LinkSettings, UploadSettings, UploadWindow } from './upload-settings.js';

const BYTES_PER_MEGABIT = 125_000;
const MINUTE_MS = 60_000;

/** What a link may carry, in bytes per second: Infinity without a limit, 0 when its window is closed. */
export class LinkRate {
  readonly emergency: number;
  private readonly windows: readonly UploadWindow[];
  private readonly most: number;
  private readonly minuteOfDay: (instantMs: number) => number;
  private readonly day: Intl.DateTimeFormat;
  private minute = Number.NaN;
  private atMinute = 0;

  constructor(settings: UploadSettings, link: Pick<LinkSettings, 'megabitsPerSecond' | 'windows'>) {
    this.emergency = settings.emergency.megabitsPerSecond * BYTES_PER_MEGABIT;
    this.windows = link.windows ?? settings.windows;
    this.most = (link.megabitsPerSecond ?? Number.POSITIVE_INFINITY) * BYTES_PER_MEGABIT;
    this.minuteOfDay = localMinutes(settings.timeZone);
    this.day = new Intl.DateTimeFormat('en-CA', { timeZone: settings.timeZone });
  }

  /** The date where the hospital is. */
  dayOf(instantMs: number): string {
    return this.day.format(instantMs);
  }

  /** The first window that holds decides. */
  at(instantMs: number): number {
    const minute = Math.floor(instantMs / MINUTE_MS);
    if (minute === this.minute) return this.atMinute;
    const ofDay = this.minuteOfDay(instantMs);
    const window = this.windows.find((each) => holds(each, ofDay));
    this.minute = minute;
    this.atMinute =
      window === undefined ? this.most : Math.min(this.most, window.megabitsPerSecond * BYTES_PER_MEGABIT);
    return this.atMinute;
  }
}

function holds({ from, to }: UploadWindow, minuteOfDay: number): boolean {
  return from < to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
}

function localMinutes(timeZone: string): (instantMs: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (instantMs) => {
    const [hours, minutes] = format.format(instantMs).split(':').map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0);
  };
}
