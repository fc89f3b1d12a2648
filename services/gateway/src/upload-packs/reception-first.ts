import { setTimeout } from 'node:timers/promises';

/** Devices that send without a break send an instance more often. */
const QUIET_MS = 40;
/** No pack waits longer than that for its turn. */
const LONGEST_MS = 2_000;

/**
 * Lets reception go first: it and the uploads share disk and processors, and whoever stands at a scanner waits for the
 * one and not for the other.
 */
export class ReceptionFirst {
  private lastReceivedAt = Number.NEGATIVE_INFINITY;

  received(): void {
    this.lastReceivedAt = performance.now();
  }

  /** Resolves when nothing is being received, when it has waited long enough, or when the signal is given. */
  async turn(signal: AbortSignal): Promise<void> {
    const latest = performance.now() + LONGEST_MS;
    while (!signal.aborted) {
      const waitMs = Math.min(this.lastReceivedAt + QUIET_MS, latest) - performance.now();
      if (waitMs <= 0) return;
      await setTimeout(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
