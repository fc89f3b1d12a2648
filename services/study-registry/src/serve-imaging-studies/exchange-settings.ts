import type { StudyRegistryConfig } from '../study-registry.config.js';

/** How this province is named and read by other systems. */
export class ExchangeSettings {
  /** Of dates and times that hospitals write without a zone, for instance +08:00. */
  readonly utcOffset: string;
  readonly retrieveLocationUid: string;
  readonly institution: string;

  constructor(
    config: Pick<StudyRegistryConfig, 'HOSPITALS_UTC_OFFSET' | 'RETRIEVE_LOCATION_UID' | 'MANIFEST_INSTITUTION'>,
  ) {
    this.utcOffset = config.HOSPITALS_UTC_OFFSET;
    this.retrieveLocationUid = config.RETRIEVE_LOCATION_UID;
    this.institution = config.MANIFEST_INSTITUTION;
  }
}
