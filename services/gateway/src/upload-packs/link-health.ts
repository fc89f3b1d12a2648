import { LastMinute } from '../domain/last-minute.js';

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

/** Counts what goes over a link. Times are milliseconds since 1970. */
export class LinkCounters {
  private lastSuccess: number | undefined;
  private lastFailure: { readonly at: number; readonly reason: string } | undefined;
  private failures = 0;
  private today = { day: '', bytes: 0 };
  private readonly minute = new LastMinute();

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
    this.minute.add(bytes, nowMs);
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
    return {
      lastSuccessAt: instantOf(this.lastSuccess),
      lastFailureAt: instantOf(this.lastFailure?.at),
      lastFailure: this.lastFailure?.reason,
      failuresInARow: this.failures,
      bytesToday: this.today.day === this.dayOf(nowMs) ? this.today.bytes : 0,
      bytesPerSecond: this.minute.bytesPerSecond(nowMs),
    };
  }
}

const instantOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
