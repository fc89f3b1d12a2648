import { ByteRate } from '../scrub-packs/byte-rate.js';
import type { StudyRegistryConfig } from '../study-registry.config.js';

/** When packs are stored compact, and how fast. */
export class RecompressSettings {
  /** Undefined when none are. */
  readonly afterDays: number | undefined;
  readonly rate: ByteRate;

  constructor(config: Pick<StudyRegistryConfig, 'RECOMPRESS_AFTER_DAYS' | 'RECOMPRESS_BYTES_PER_SECOND'>) {
    this.afterDays = config.RECOMPRESS_AFTER_DAYS;
    this.rate = new ByteRate(config.RECOMPRESS_BYTES_PER_SECOND);
  }
}
