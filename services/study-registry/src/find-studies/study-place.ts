import type { StudyResultRow } from '../storage/study-row.js';

/** Where a study stands in the order of every list: newest first, by its UID where date and time are equal. */
export interface StudyPlace {
  readonly date: string;
  readonly time: string;
  readonly uid: string;
  /** What begins behind this place begins with the study itself. */
  readonly including?: true;
}

export const placeOf = ({
  study_date: date,
  study_time: time,
  study_uid: uid,
}: Pick<StudyResultRow, 'study_date' | 'study_time' | 'study_uid'>): StudyPlace => ({
  date,
  time,
  uid,
});
