import { setTimeout } from 'node:timers/promises';

/** Who sends without a break sends an instance more often: within an association, and from one request to the next. */
const QUIET_MS = { 'C-STORE': 40, 'STOW-RS': 150 };
/** No pack waits longer than that for its turn. */
const LONGEST_MS = 2_000;

/**
 * Lets reception go first: it and the uploads share disk and processors, and whoever stands at a scanner waits for the
 * one and not for the other.
 */
export class ReceptionFirst {
  private busyUntil = 0;

  received(via: keyof typeof QUIET_MS): void {
    this.busyUntil = Math.max(this.busyUntil, performance.now() + QUIET_MS[via]);
  }

  /** Resolves when nothing is being received, when it has waited long enough, or when the signal is given. */
  async turn(signal: AbortSignal): Promise<void> {
    const latest = performance.now() + LONGEST_MS;
    while (!signal.aborted) {
      const waitMs = Math.min(this.busyUntil, latest) - performance.now();
      if (waitMs <= 0) return;
      await setTimeout(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
