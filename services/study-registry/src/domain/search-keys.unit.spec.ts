import { describe, expect, it } from '@jest/globals';
import { readSearch } from './search-keys.js';

const searchable = new Set(['00080020', '0020000D', '00080061']);
const unlessTold = { keys: new Map(), limit: 200, offset: 0, fuzzyMatching: false };

describe('the parameters of a QIDO-RS search', () => {
  it('are keys by keyword or tag, and a page', () => {
    const parameters = {
      StudyDate: '20260101-',
      '0020000d': ['1.2', '1.3'],
      includefield: ['StudyDescription,00100010', 'Nonsense'],
      limit: '25',
      offset: '50',
      fuzzymatching: 'true',
      accept: 'application/dicom+json',
    };
    expect(readSearch(parameters, searchable)).toEqual({
      keys: new Map([
        ['00080020', '20260101-'],
        ['0020000D', '1.2,1.3'],
      ]),
      limit: 25,
      offset: 50,
      fuzzyMatching: true,
    });
  });

  it('have limits, and empty keys match everything', () => {
    expect(readSearch({ StudyDate: '', ModalitiesInStudy: '*' }, searchable)).toEqual(unlessTold);
    expect(readSearch({ limit: '999999', includefield: 'all' }, searchable)).toEqual({
      ...unlessTold,
      limit: 1_000,
    });
  });

  it.each([
    [{ StudyDat: '20260101' }, 'StudyDat is not searched by at this level'],
    [{ SOPInstanceUID: '1.2' }, 'SOPInstanceUID is not searched by at this level'],
    [{ limit: '-1' }, 'limit is not a whole number'],
    [{ offset: '1e3' }, 'offset is not a whole number'],
    [{ offset: '2000000' }, 'offset is larger than 1000000'],
    [{ StudyDate: '2'.repeat(20_000) }, 'the value of StudyDate is too long'],
  ])('are refused when they are wrong: %j', (parameters, reason) => {
    expect(readSearch(parameters, searchable)).toBe(reason);
  });
});
