import { Injectable } from '@nestjs/common';
import { daysBefore, localTime } from '../domain/backfill-plan.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { BackfillStore } from './backfill.store.js';

/** What the hospital's people do to a backfill. A study that is moving is moved to its end. */
@Injectable()
export class PauseBackfillHandler {
  constructor(
    private readonly file: HospitalFile,
    private readonly store: BackfillStore,
  ) {}

  pause(): void {
    this.set(true);
  }

  goOn(): void {
    this.set(false);
  }

  /** Studies that were given up are tried again, and days of which some may be missing are searched again. */
  tryAgain(): void {
    this.store.retryFailed();
  }

  private set(isPaused: boolean): void {
    const timeZone = this.file.current.backfill?.timeZone ?? 'Asia/Shanghai';
    this.store.pause(isPaused, daysBefore(localTime(new Date(), timeZone).day, 1));
  }
}
