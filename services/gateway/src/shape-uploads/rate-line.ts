/** How much may go at once after a pause, in time at the line's rate. */
const BURST_MS = 100;

/**
 * A token bucket as a line of reservations (GCRA, ITU-T I.371): bytes go when those before them have had their time. The rate is
 * asked for anew with each piece, so a line follows its hours.
 */
export class RateLine {
  private freeAtMs = Number.NEGATIVE_INFINITY;

  /** How long a piece has to wait that comes now. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.freeAtMs - nowMs);
  }

  /** Takes a piece's place in the line and gives how long it has to wait. */
  reserve(bytes: number, bytesPerSecond: number, nowMs: number): number {
    const waitMs = this.waitMs(nowMs);
    this.freeAtMs = Math.max(this.freeAtMs, nowMs - BURST_MS) + (bytes / bytesPerSecond) * 1000;
    return waitMs;
  }
}
