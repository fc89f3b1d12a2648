import type { StudyRow } from '../storage/study-row.js';
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

  /** Where the study's dates and times are: as its images say (Timezone Offset From UTC), else where the hospitals are. */
  zoneOf({ timezone_offset: said }: Pick<StudyRow, 'timezone_offset'>): string {
    const [, hours, minutes] = /^([+-](?:0\d|1[0-4]))([0-5]\d)$/.exec(said) ?? [];
    return hours === undefined ? this.utcOffset : `${hours}:${minutes}`;
  }
}
