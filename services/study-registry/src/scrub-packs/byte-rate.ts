import { setTimeout as pause } from 'node:timers/promises';

/** Lets so many bytes pass in a second, whoever reads them: each reader waits until its bytes' time has come. */
export class ByteRate {
  private freeAt = 0;

  constructor(private readonly bytesPerSecond: number) {}

  /** @throws AbortError when the signal comes before the time does */
  async spend(bytes: number, signal?: AbortSignal): Promise<void> {
    const now = performance.now();
    const begins = Math.max(this.freeAt, now);
    this.freeAt = begins + (bytes / this.bytesPerSecond) * 1000;
    if (this.freeAt > now) await pause(this.freeAt - now, undefined, signal === undefined ? {} : { signal });
  }
}

/** What somebody waits for is read at once. */
export const UNBOUNDED: Pick<ByteRate, 'spend'> = { spend: async () => {} };
