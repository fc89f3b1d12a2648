/** What the hospital's page shows of a link. */
export interface LinkHealth {
  readonly lastSuccessAt: string | undefined;
  readonly lastFailureAt: string | undefined;
  /** A status, or `NO_ANSWER`. */
  readonly lastFailure: string | undefined;
  readonly failuresInARow: number;
  /** Since midnight where the hospital is. */
  readonly bytesToday: number;
  /** Of the last minute. */
  readonly bytesPerSecond: number;
}

const SLOTS = 12;
const SLOT_MS = 5_000;

/** Counts what goes over a link. Times are milliseconds since 1970. */
export class LinkCounters {
  private lastSuccess: number | undefined;
  private lastFailure: { readonly at: number; readonly reason: string } | undefined;
  private failures = 0;
  private today = { day: '', bytes: 0 };
  private readonly slots = Array.from({ length: SLOTS }, () => ({ slot: 0, bytes: 0 }));

  constructor(private readonly dayOf: (instantMs: number) => string) {}

  get failuresInARow(): number {
    return this.failures;
  }

  sent(bytes: number, nowMs: number): void {
    const day = this.dayOf(nowMs);
    this.today = { day, bytes: (this.today.day === day ? this.today.bytes : 0) + bytes };
    const slot = Math.floor(nowMs / SLOT_MS);
    const place = this.slots[slot % SLOTS];
    if (place === undefined) return;
    place.bytes = (place.slot === slot ? place.bytes : 0) + bytes;
    place.slot = slot;
  }

  succeeded(nowMs: number): void {
    this.lastSuccess = nowMs;
    this.failures = 0;
  }

  failed(reason: string, nowMs: number): void {
    this.lastFailure = { at: nowMs, reason };
    this.failures += 1;
  }

  health(nowMs: number): LinkHealth {
    const slot = Math.floor(nowMs / SLOT_MS);
    const recent = this.slots.filter((each) => slot - each.slot < SLOTS);
    return {
      lastSuccessAt: instantOf(this.lastSuccess),
      lastFailureAt: instantOf(this.lastFailure?.at),
      lastFailure: this.lastFailure?.reason,
      failuresInARow: this.failures,
      bytesToday: this.today.day === this.dayOf(nowMs) ? this.today.bytes : 0,
      bytesPerSecond: Math.round(recent.reduce((sum, { bytes }) => sum + bytes, 0) / ((SLOTS * SLOT_MS) / 1000)),
    };
  }
}

const instantOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
