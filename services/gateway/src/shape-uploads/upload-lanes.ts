import { setTimeout } from 'node:timers/promises';
import type { LinkRate } from './link-rate.js';
import { RateLine } from './rate-line.js';

export type Lane = 'urgent' | 'routine';

/** Time as a shaper sees it. */
export interface UploadClock {
  /** Milliseconds since 1970: windows go by it. It may jump. */
  now(): number;
  /** Milliseconds since some time: lines go by it. It does not jump. */
  elapsed(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The link’s window has closed for what is not urgent; what was sent is not lost. */
export class WindowClosed extends Error {
  override readonly name = 'WindowClosed';
}

export const systemClock: UploadClock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal, ref: false }),
};

/** Larger pieces would make a slow line stutter. */
const PIECE_BYTES = 64 * 1024;

/**
 * The two lanes of a link. Routine uploads share the rate of the hour. Urgent ones have the emergency rate for themselves, at every
 * hour, and take of the hour's rate what comes sooner.
 */
export class UploadLanes {
  private readonly line = new RateLine();
  private readonly emergency = new RateLine();

  constructor(
    public rate: LinkRate,
    private readonly clock: UploadClock,
  ) {}

  isOpen(lane: Lane): boolean {
    return lane === 'urgent' || this.rate.at(this.clock.now()) > 0;
  }

  /** Lets the bytes pass at the lane's rate; nothing is read ahead. Throws WindowClosed. */
  async *shape(source: AsyncIterable<Buffer>, lane: Lane, signal: AbortSignal): AsyncGenerator<Buffer> {
    for await (const bytes of source) {
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        const piece = bytes.subarray(at, at + PIECE_BYTES);
        const waitMs = this.reserve(piece.length, lane);
        if (waitMs > 0) await this.clock.sleep(waitMs, signal);
        yield piece;
      }
    }
  }

  private reserve(bytes: number, lane: Lane): number {
    const rate = this.rate.at(this.clock.now());
    const now = this.clock.elapsed();
    if (rate === Number.POSITIVE_INFINITY) return 0;
    if (lane === 'routine') {
      if (rate === 0) throw new WindowClosed('The link’s window has closed');
      return this.line.reserve(bytes, rate, now);
    }
    const hasOwn = rate === 0 || this.emergency.waitMs(now) <= this.line.waitMs(now);
    return hasOwn ? this.emergency.reserve(bytes, this.rate.emergency, now) : this.line.reserve(bytes, rate, now);
  }
}
