import { describe, expect, it } from '@jest/globals';
import { isUrgentBy } from './is-urgent-by.js';
import { LinkRate } from './link-rate.js';
import { UploadLanes, WindowClosed } from './upload-lanes.js';
import { UploadSettings } from './upload-settings.js';

const MEGABYTE = 1024 * 1024;
const never = new AbortController().signal;

/** Sleeping is what makes the time pass; the earliest sleeper wakes first. */
class FakeClock {
  private sleepers: { until: number; wake: () => void }[] = [];
  constructor(public time: number) {}
  now = () => this.time;
  elapsed = () => this.time;
  sleep = (ms: number) => {
    const slept = new Promise<void>((wake) => this.sleepers.push({ until: this.time + ms, wake }));
    setImmediate(() => this.wakeFirst());
    return slept;
  };
  private wakeFirst() {
    this.sleepers.sort((one, other) => one.until - other.until);
    const first = this.sleepers.shift();
    if (first === undefined) return;
    this.time = Math.max(this.time, first.until);
    first.wake();
  }
}

const at = (time: string) => Date.parse(`2026-11-25T${time}:00+08:00`);

async function* megabytes(count: number) {
  for (let sent = 0; sent < count; sent += 1) yield Buffer.alloc(MEGABYTE);
}

const windows = [
  { from: '08:00', to: '18:00', megabitsPerSecond: 20 },
  { from: '12:00', to: '14:00', megabitsPerSecond: 50 },
  { from: '22:00', to: '06:30', megabitsPerSecond: 0 },
];

describe('the rate of a link', () => {
  const megabitsAt = (link: { megabitsPerSecond?: number }, instant: number, timeZone = 'Asia/Shanghai') =>
    new LinkRate(UploadSettings.parse({ windows, timeZone }), link).at(instant) / 125_000;

  it('is that of the first window that holds in the hospital’s time, over midnight too; without one there is no limit', () => {
    const times = ['06:29', '06:30', '07:59', '08:00', '13:00', '18:00', '21:59', '22:00', '23:59'];
    expect(times.map((time) => [time, megabitsAt({}, at(time))])).toEqual([
      ['06:29', 0],
      ['06:30', Number.POSITIVE_INFINITY],
      ['07:59', Number.POSITIVE_INFINITY],
      ['08:00', 20],
      ['13:00', 20],
      ['18:00', Number.POSITIVE_INFINITY],
      ['21:59', Number.POSITIVE_INFINITY],
      ['22:00', 0],
      ['23:59', 0],
    ]);
    expect(megabitsAt({}, at('08:00'), 'Asia/Urumqi')).toBe(0);
    expect(megabitsAt({}, at('10:00'), 'Asia/Urumqi')).toBe(20);
  });

  it('is bounded by the link’s own windows where it has some, instead of the hospital’s', () => {
    const settings = UploadSettings.parse({
      windows,
      links: [
        { name: 'leased', megabitsPerSecond: 20, windows: [{ from: '07:00', to: '19:00', megabitsPerSecond: 5 }] },
        { name: 'internet', megabitsPerSecond: 100, windows: [] },
        { name: 'spare', megabitsPerSecond: 100 },
      ],
    });
    const rates = ['09:00', '23:00'].map((time) =>
      settings.links.map((link) => new LinkRate(settings, link).at(at(time)) / 125_000),
    );
    expect(rates).toEqual([
      [5, 100, 20],
      [20, 100, 0],
    ]);
  });

  it('is never more than the link has', () => {
    expect([at('07:00'), at('09:00'), at('23:00')].map((each) => megabitsAt({ megabitsPerSecond: 8 }, each))).toEqual([
      8, 8, 0,
    ]);
  });
});

describe('what the hospital’s file says of uploads', () => {
  const problemsOf = (upload: unknown) =>
    UploadSettings.safeParse(upload).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const window = { from: '08:00', to: '18:00', megabitsPerSecond: 20 };

  it.each([
    [{ windows: [{ ...window, from: '8:00' }] }, 'windows.0.from: a time of day is 00:00 to 24:00'],
    [
      { links: [{ name: 'a', windows: [{ ...window, from: '24:00' }] }] },
      'links.0.windows.0.from: a window begins at 00:00 to 23:59',
    ],
    [
      { links: [{ name: 'a', windows: [window, { ...window, to: '08:00' }] }] },
      'links.0.windows.1.to: a window does not end when it begins: 00:00 to 24:00 is a whole day',
    ],
    [{ links: [{ name: 'a' }, { name: 'a' }] }, 'links: two links have one name'],
  ])('is refused with the place and what is wrong: %j', (upload, problem) => {
    expect(problemsOf(upload)).toEqual([problem]);
  });

  it('counts no Priority HIGH as urgent unless it says so', () => {
    const high = { callingAeTitle: 'CT1', isHighPriority: true };
    const urgentIn = (emergency: object) => isUrgentBy(UploadSettings.parse({ emergency }).emergency, high);
    expect([{}, { byPriority: true }, { callingAeTitles: ['CT1'] }].map(urgentIn)).toEqual([false, true, true]);
  });
});

describe('uploads over a link', () => {
  const lanes = (time: string, emergency = 10) => {
    const clock = new FakeClock(at(time));
    const settings = UploadSettings.parse({ windows, emergency: { megabitsPerSecond: emergency } });
    return { clock, lanes: new UploadLanes(new LinkRate(settings, {}), clock) };
  };
  const drain = async (pieces: AsyncIterable<Buffer>) => {
    let bytes = 0;
    for await (const piece of pieces) bytes += piece.length;
    return bytes;
  };

  it('take the time that their bytes have at the rate, together', async () => {
    const { clock, lanes: link } = lanes('09:00');
    const sent = await Promise.all([1, 2].map(() => drain(link.shape(megabytes(5), 'routine', never))));
    expect(sent).toEqual([5 * MEGABYTE, 5 * MEGABYTE]);
    const seconds = (clock.time - at('09:00')) / 1000;
    // 20 Mbit/s, less what goes at once and the last piece.
    expect(seconds).toBeGreaterThan((10 * MEGABYTE) / 2_500_000 - 0.2);
    expect(seconds).toBeLessThan((10 * MEGABYTE) / 2_500_000 + 0.1);
  });

  it('go as fast as they can without a limit', async () => {
    const { clock, lanes: link } = lanes('19:00');
    await drain(link.shape(megabytes(10), 'routine', never));
    expect(clock.time).toBe(at('19:00'));
  });

  it('of urgent studies go past a closed window, at their own rate; others are closed out', async () => {
    const { clock, lanes: link } = lanes('23:00');
    expect([link.isOpen('urgent'), link.isOpen('routine')]).toEqual([true, false]);
    await expect(drain(link.shape(megabytes(1), 'routine', never))).rejects.toThrow(WindowClosed);
    await drain(link.shape(megabytes(5), 'urgent', never));
    expect((clock.time - at('23:00')) / 1000).toBeCloseTo((5 * MEGABYTE) / 1_250_000, 0);
  });

  it('end where the window closes', async () => {
    const { lanes: link } = lanes('21:59');
    // Without a limit no time would pass.
    link.rate = new LinkRate(
      UploadSettings.parse({ windows: [{ from: '22:00', to: '06:30', megabitsPerSecond: 0 }] }),
      { megabitsPerSecond: 8 },
    );
    let bytes = 0;
    const upload = async () => {
      for await (const piece of link.shape(megabytes(1000), 'routine', never)) bytes += piece.length;
    };
    await expect(upload()).rejects.toThrow(WindowClosed);
    expect(bytes / 1_000_000).toBeCloseTo(60, 0);
  });

  it('of urgent studies are guaranteed their rate beside others, and take a share of the hour’s', async () => {
    const { clock, lanes: link } = lanes('09:00');
    let routine = 0;
    const stopped = new AbortController();
    const others = [1, 2, 3, 4].map(async () => {
      for await (const piece of link.shape(megabytes(1000), 'routine', never)) {
        routine += piece.length;
        if (stopped.signal.aborted) return;
      }
    });
    await drain(link.shape(megabytes(10), 'urgent', never));
    const seconds = (clock.time - at('09:00')) / 1000;
    stopped.abort();
    await Promise.all(others);
    expect((10 * MEGABYTE) / seconds).toBeGreaterThan(1_250_000 * 0.95);
    // Nobody goes faster than both lanes together.
    expect((10 * MEGABYTE + routine) / seconds).toBeLessThan(3_750_000 * 1.1);
  });
});
