import type { StudyRegistryConfig } from '../study-registry.config.js';

export class DisposalSettings {
  /** Between a disposal's registration and the destruction. */
  readonly graceDays: number;

  constructor(config: Pick<StudyRegistryConfig, 'DISPOSAL_GRACE_DAYS'>) {
    this.graceDays = config.DISPOSAL_GRACE_DAYS;
  }
}
