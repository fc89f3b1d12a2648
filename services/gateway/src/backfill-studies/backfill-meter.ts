import { Injectable } from '@nestjs/common';
import { LastMinute } from '../domain/last-minute.js';
import { BackfillHoursStore, type BackfillWork } from './backfill-hours.store.js';

const KEEP_EVERY_MS = 5_000;
const NONE: BackfillWork = { instances: 0, bytes: 0, studies: 0, workingMs: 0 };

/** Counts what the backfill brings. A gateway that is killed forgets the last seconds. */
@Injectable()
export class BackfillMeter {
  private readonly minute = new LastMinute();
  private unkept = NONE;
  private keptAtMs = 0;

  constructor(private readonly hours: BackfillHoursStore) {}

  /** An instance came over an association that answers it. */
  received(bytes: number, nowMs = Date.now()): void {
    this.minute.add(bytes, nowMs);
    this.count({ instances: 1, bytes });
    if (nowMs - this.keptAtMs >= KEEP_EVERY_MS) this.keep(nowMs);
  }

  moved(): void {
    this.count({ studies: 1 });
  }

  worked(workingMs: number): void {
    this.count({ workingMs });
  }

  keep(nowMs = Date.now()): void {
    this.keptAtMs = nowMs;
    if (this.unkept === NONE) return;
    this.hours.add(this.unkept, nowMs);
    this.unkept = NONE;
  }

  /** Since the backfill began, and the speed of the last minute. */
  figures(nowMs: number): { readonly instances: number; readonly bytes: number; readonly bytesPerSecond: number } {
    const { instances, bytes } = this.hours.received();
    return {
      instances: instances + this.unkept.instances,
      bytes: bytes + this.unkept.bytes,
      bytesPerSecond: this.minute.bytesPerSecond(nowMs),
    };
  }

  private count(work: Partial<BackfillWork>): void {
    const { instances, bytes, studies, workingMs } = { ...NONE, ...work };
    this.unkept = {
      instances: this.unkept.instances + instances,
      bytes: this.unkept.bytes + bytes,
      studies: this.unkept.studies + studies,
      workingMs: this.unkept.workingMs + workingMs,
    };
  }
}
