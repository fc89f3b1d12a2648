import { expect, it } from '@jest/globals';
import { checkTextOf, isMeant } from './check-text.js';

it('a study is meant when its accession number is typed, or the end of its UID where it has none', () => {
  expect(checkTextOf('1.2.840.12345678', ' CT2600317 ')).toBe('CT2600317');
  expect(checkTextOf('1.2.840.12345678', ' ')).toBe('12345678');
  expect(['CT2600317', ' ct2600317 ', 'CT260031', ''].map((typed) => isMeant(typed, 'CT2600317'))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
