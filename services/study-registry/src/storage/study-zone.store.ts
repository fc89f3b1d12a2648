import type { DicomJson } from '@yinglian/dicom';
import type { Sql } from '@yinglian/persistence';

const TIMEZONE_OFFSET = '00080201';

/** In which zone studies' dates and times are, where their images say it. */
export class StudyZoneStore {
  constructor(private readonly sql: Sql) {}

  /** Takes it from an image of a study of which it is not known yet. */
  async put(studyUid: string, image: DicomJson): Promise<void> {
    const zone = image[TIMEZONE_OFFSET]?.Value?.[0];
    if (typeof zone !== 'string' || !/^[+-]\d{4}$/.test(zone)) return;
    await this.sql.query('UPDATE studies SET timezone_offset = $2 WHERE study_uid = $1', [studyUid, zone]);
  }
}
