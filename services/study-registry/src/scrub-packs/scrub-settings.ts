import type { StudyRegistryConfig } from '../study-registry.config.js';
import { ByteRate } from './byte-rate.js';

/** How fast packs are read again, and how often each should be. */
export class ScrubSettings {
  readonly periodDays: number;
  readonly bytesPerSecond: number;
  readonly rate: ByteRate;

  constructor(config: Pick<StudyRegistryConfig, 'SCRUB_PERIOD_DAYS' | 'SCRUB_BYTES_PER_SECOND'>) {
    this.periodDays = config.SCRUB_PERIOD_DAYS;
    this.bytesPerSecond = config.SCRUB_BYTES_PER_SECOND;
    this.rate = new ByteRate(config.SCRUB_BYTES_PER_SECOND);
  }
}
