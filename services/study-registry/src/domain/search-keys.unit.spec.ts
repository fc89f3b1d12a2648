import { describe, expect, it } from '@jest/globals';
import { readSearch } from './search-keys.js';

const unlessTold = {
  keys: new Map(),
  included: new Set(),
  limit: 200,
  isLimited: false,
  offset: 0,
  fuzzyMatching: false,
  emptyValueMatching: false,
  multipleValueMatching: false,
};

describe('the parameters of a QIDO-RS search', () => {
  it('are keys by keyword or tag, fields, and a page', () => {
    const parameters = {
      StudyDate: '20260101-',
      '0020000d': ['1.2', '1.3'],
      'OtherPatientIDsSequence.PatientID': 'L1',
      includefield: ['StudyDescription,00100010', 'RequestAttributesSequence.00400009'],
      limit: '25',
      offset: '50',
      fuzzymatching: 'true',
      emptyvaluematching: 'true',
      accept: 'application/dicom+json',
      charset: 'iso-8859-1,utf-8;q=0.5',
    };
    expect(readSearch(parameters, 'study')).toEqual({
      ...unlessTold,
      keys: new Map([
        ['00080020', '20260101-'],
        ['0020000D', '1.2\\1.3'],
        ['00101002.00100020', 'L1'],
      ]),
      included: new Set(['00081030', '00100010', '00400275.00400009']),
      limit: 25,
      offset: 50,
      fuzzyMatching: true,
      emptyValueMatching: true,
    });
  });

  it('have limits, and empty keys match everything', () => {
    expect(readSearch({ StudyDate: '', ModalitiesInStudy: '*' }, 'study')).toEqual(unlessTold);
    expect(readSearch({ limit: '99999999999', includefield: 'all' }, 'study')).toEqual({
      ...unlessTold,
      included: 'all',
      limit: 1_000,
      isLimited: true,
    });
    expect(readSearch({ limit: '0' }, 'study')).toEqual({ ...unlessTold, limit: 0 });
  });

  it.each([
    ['study', 'SeriesNumber', false],
    ['series', 'SeriesNumber', true],
    ['instance', 'SeriesNumber', true],
    ['series', 'StudyDate', true],
    ['series', 'SOPInstanceUID', false],
    ['instance', 'PatientName', true],
    ['instance', 'RequestAttributesSequence.ScheduledProcedureStepID', true],
    ['study', 'RequestAttributesSequence.ScheduledProcedureStepID', false],
    ['instance', 'RequestAttributesSequence', false],
    ['instance', 'PixelData', false],
  ] as const)('at the level of a %s take %s: %s', (level, name, isKey) => {
    const search = readSearch({ [name]: '1' }, level);
    expect(typeof search === 'object').toBe(isKey);
  });

  it('go into sequences as deep as a record can say', () => {
    const path = (depth: number) => Array.from({ length: depth }, () => '00400275').join('.');
    expect(readSearch({ includefield: path(7) }, 'study')).toMatchObject({ included: new Set([path(7)]) });
    expect(path(7).length).toBeLessThanOrEqual(64);
    expect(readSearch({ includefield: path(8) }, 'study')).toMatch(/^includefield names /);
  });

  it('set the zone that dates and times are in', () => {
    for (const zone of ['+0800', ' 0800', '0800', '']) {
      expect(readSearch({ StudyDate: '20260101', TimezoneOffsetFromUTC: zone }, 'study')).toMatchObject({
        keys: new Map([['00080020', '20260101']]),
      });
    }
    expect(readSearch({ PatientID: 'L1', TimezoneOffsetFromUTC: '-0500' }, 'study')).toMatchObject({
      keys: new Map([['00100020', 'L1']]),
    });
  });

  it.each([
    [{ StudyDat: '20260101' }, 'StudyDat is not searched by at this level'],
    [{ SOPInstanceUID: '1.2' }, 'SOPInstanceUID is not searched by at this level'],
    [{ toString: 'x' }, 'toString is not searched by at this level'],
    [{ limit: '-1' }, 'limit is not a whole number'],
    [{ limit: ['1', '2'] }, 'limit is given more than once'],
    [{ offset: '1e3' }, 'offset is not a whole number'],
    [{ offset: '2000000' }, 'offset is larger than 1000000'],
    [{ StudyDescription: '2'.repeat(2_000) }, 'the value of StudyDescription is too long'],
    [{ PatientName: ['a', 'b'] }, 'PatientName is given more than once'],
    [{ PatientName: 'a', '00100010': 'b' }, '00100010 is given more than once'],
    [{ PatientName: 'a\u0000b' }, 'the value of PatientName has a control character'],
    [{ PatientID: 'a\nb' }, 'the value of PatientID has a control character'],
    [{ charset: 'gb18030' }, 'answers are in UTF-8, which charset leaves out'],
    [{ SpecificCharacterSet: 'GB18030' }, 'SpecificCharacterSet is not ISO_IR 192'],
    [{ fuzzymatching: 'yes' }, 'fuzzymatching is neither true nor false'],
    [{ includefield: 'StudyDescription,Nonsense' }, 'includefield names Nonsense, which is no attribute'],
    [
      { includefield: `${'0008103E.'.repeat(9)}00080020` },
      `includefield names ${'0008103E.'.repeat(7)}0, which is no attribute`,
    ],
    [{ TimezoneOffsetFromUTC: 'CST' }, 'TimezoneOffsetFromUTC is no offset as +0800'],
    [
      { StudyTime: '0800-', TimezoneOffsetFromUTC: '-0500' },
      'dates and times are in +0800, and are not adjusted from TimezoneOffsetFromUTC -0500',
    ],
    [Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, '1'])), 'there are more than 64 parameters'],
  ])('are refused when they are wrong: %#', (parameters, reason) => {
    expect(readSearch(parameters, 'study')).toBe(reason);
  });
});
