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

/** What of a link is to survive a restart. Instants are milliseconds since 1970. */
export interface LinkFigures {
  /** The calendar day where the hospital is that `bytes` are of; empty before the first. */
  readonly day: string;
  readonly bytes: number;
  readonly lastSuccessMs: number | undefined;
  readonly lastFailureMs: number | undefined;
  readonly lastFailure: string | undefined;
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

  get figures(): LinkFigures {
    const { at: lastFailureMs, reason: lastFailure } = this.lastFailure ?? {};
    return { ...this.today, lastSuccessMs: this.lastSuccess, lastFailureMs, lastFailure };
  }

  /** Takes over what a process before this one counted; something may have been counted since. */
  restore({ day, bytes, lastSuccessMs, lastFailureMs, lastFailure }: LinkFigures): void {
    if (this.today.day === '' || this.today.day === day) this.today = { day, bytes: this.today.bytes + bytes };
    this.lastSuccess ??= lastSuccessMs;
    if (lastFailureMs !== undefined && lastFailure !== undefined) {
      this.lastFailure ??= { at: lastFailureMs, reason: lastFailure };
    }
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
