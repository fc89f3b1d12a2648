import { ByteRate } from '../scrub-packs/byte-rate.js';
import type { StudyRegistryConfig } from '../study-registry.config.js';

/** When packs are stored compact, and how fast. */
export class RecompressSettings {
  /** `never` when none are to be compact; undefined when all stay as they are. */
  readonly afterDays: number | 'never' | undefined;
  readonly rate: ByteRate;

  constructor(config: Pick<StudyRegistryConfig, 'RECOMPRESS_AFTER_DAYS' | 'RECOMPRESS_BYTES_PER_SECOND'>) {
    this.afterDays = config.RECOMPRESS_AFTER_DAYS;
    this.rate = new ByteRate(config.RECOMPRESS_BYTES_PER_SECOND);
  }
}
