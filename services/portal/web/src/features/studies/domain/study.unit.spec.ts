import { describe, expect, it } from '@jest/globals';
import { byYear, occurrences, type Study, shownDay, shownTime } from './study.js';

const study = (uid: string, studyDate: string | null, studyTime: string | null, more: Partial<Study> = {}): Study => ({
  studyInstanceUid: uid,
  hospital: 'H001',
  state: 'complete',
  modalities: ['CT'],
  bodyPart: 'CHEST',
  description: null,
  studyDate,
  studyTime,
  accessionNumber: null,
  charsetGuessed: false,
  instances: 1,
  received: 1,
  arrivedAt: '2026-11-24T08:00:00Z',
  mayOpen: true,
  isClosed: false,
  ...more,
});

const uids = (years: ReturnType<typeof byYear>) =>
  years.map(({ year, studies }) => [year, studies.map(({ studyInstanceUid }) => studyInstanceUid)]);

describe('the timeline', () => {
  const all = [
    study('1.1', '20250301', '0930'),
    study('1.2', '20261120', '101500.5', { modalities: ['MR', 'SR'], hospital: 'H002' }),
    study('1.3', '20261120', '14'),
    study('1.4', null, null),
    study('1.5', '', null),
  ];

  it('is newest first, a year at a time, undated studies last', () => {
    expect(uids(byYear(all, { modality: null, hospital: null }))).toEqual([
      ['2026', ['1.3', '1.2']],
      ['2025', ['1.1']],
      [null, ['1.4', '1.5']],
    ]);
  });

  it('is narrowed by modality and hospital', () => {
    expect(uids(byYear(all, { modality: 'SR', hospital: null }))).toEqual([['2026', ['1.2']]]);
    expect(uids(byYear(all, { modality: 'CT', hospital: 'H002' }))).toEqual([]);
  });

  it('counts what can be narrowed to', () => {
    expect(occurrences(['CT', 'MR', 'CT', 'DX'])).toEqual([
      ['CT', 2],
      ['DX', 1],
      ['MR', 1],
    ]);
  });

  it('shows days and times that images state in many lengths', () => {
    expect([shownTime('101500.5'), shownTime('0930'), shownTime('14'), shownTime(null)]).toEqual([
      '10:15',
      '09:30',
      '',
      '',
    ]);
    expect([shownDay('20261120'), shownDay(''), shownDay(null)]).toEqual(['11-20', '–', '–']);
  });
});
