import { describe, expect, it } from '@jest/globals';
import { readDateTest } from '@yinglian/fhir';
import type { StudyRow } from '../storage/study-row.js';
import { ExchangeSettings } from './exchange-settings.js';
import { startedTest } from './started-test.js';

const settings = new ExchangeSettings({
  HOSPITALS_UTC_OFFSET: '+08:00',
  RETRIEVE_LOCATION_UID: '1.2',
  MANIFEST_INSTITUTION: 'x',
});

describe('the zone of a study', () => {
  it.each([
    ['', '+08:00'],
    ['+0600', '+06:00'],
    ['-0330', '-03:30'],
    ['+1400', '+14:00'],
    ['+9900', '+08:00'],
    ['0800', '+08:00'],
    ['Asia', '+08:00'],
  ])('whose images say %j is %s', (said, zone) => expect(settings.zoneOf({ timezone_offset: said })).toBe(zone));

  it('decides when it began', () => {
    const test = readDateTest('2026-01-05T08:15:00+08:00', '+08:00', new Date());
    if (test === null) throw new Error('It is a date');
    const began = startedTest(test, (study) => settings.zoneOf(study));
    const study = { study_date: '20260105', study_time: '081500', timezone_offset: '' } as StudyRow;
    expect(began(study)).toBe(true);
    expect(began({ ...study, timezone_offset: '+0600' })).toBe(false);
    expect(began({ ...study, study_time: '061500', timezone_offset: '+0600' })).toBe(true);
  });
});
