import type { DateTest } from '@yinglian/fhir';
import { localTimeOf } from '../domain/local-time.js';
import type { StudyTest } from './imaging-search.js';

/** A study without a date began at no time that can be asked for. */
export const startedTest =
  ({ holds }: DateTest, utcOffset: string): StudyTest =>
  ({ study_date: date, study_time: time }) => {
    const started = localTimeOf(date, time, utcOffset);
    return started !== null && holds(started);
  };
