import type { DateTest } from '@yinglian/fhir';
import { localTimeOf } from '../domain/local-time.js';
import type { StudyRow } from '../storage/study-row.js';
import type { StudyTest } from './imaging-search.js';

/** A study without a date began at no time that can be asked for. */
export const startedTest =
  ({ holds }: DateTest, zoneOf: (study: StudyRow) => string): StudyTest =>
  (study) => {
    const started = localTimeOf(study.study_date, study.study_time, zoneOf(study));
    return started !== null && holds(started);
  };
