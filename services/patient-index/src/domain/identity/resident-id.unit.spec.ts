import { describe, expect, it } from '@jest/globals';
import { isDate, maskResidentId, readResidentId } from './resident-id.js';

const TODAY = '20261124';
const numberOf = (text: string) => readResidentId(text, TODAY)?.number ?? null;

describe('a resident id', () => {
  it.each([
    ["the standard's first example", '11010519491231002X', '11010519491231002X'],
    ["the standard's second example", '440524188001010014', '440524188001010014'],
    ['a lower-case x', '11010519491231002x', '11010519491231002X'],
    ['full-width characters', '１１０１０５１９４９１２３１００２ｘ', '11010519491231002X'],
    ['spaces and hyphens', ' 110105 19491231-002X ', '11010519491231002X'],
    ['15 digits, lifted', '110105491231002', '11010519491231002X'],
    ['a residence permit of Hong Kong', withCheck('81000019940823002'), withCheck('81000019940823002')],
    ['a residence permit of Macao', withCheck('82000019870216003'), withCheck('82000019870216003')],
    ['a residence permit of Taiwan', withCheck('83000020050101001'), withCheck('83000020050101001')],
  ])('is read: %s', (_, text, number) => expect(numberOf(text)).toBe(number));

  it('is read from a permanent residence card of 2023, which begins with 9', () => {
    const found = [...'0123456789X']
      .map((check) => numberOf(`91112319850412003${check}`))
      .filter((one) => one !== null);
    expect(found).toHaveLength(1);
  });

  it.each([
    ['a wrong check digit', '110105194912310021'],
    ['two digits swapped', '11010519491213002X'],
    ['the 30th of February', withCheck('11010519490230002')],
    ['the 13th month', withCheck('11010519491331002')],
    ['29 February of no leap year', withCheck('11010519000229002')],
    ['a birth in the future', withCheck('11010520261125002')],
    ['a year that nobody living saw', withCheck('11010517491231002')],
    ['17 characters', '11010519491231002'],
    ['nothing', ''],
    ['ones only', '111111111111111'],
    ['ones only, in 18', '111111111111111111'],
    ['zeros only', '000000000000000000'],
    ['15 digits of no province', '990105491231002'],
    ['15 digits with an impossible date', '110105491331002'],
    ['letters', '11010519491231ABCX'],
    ['Arabic-Indic digits', '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X'],
  ])('is not read from %s', (_, text) => expect(numberOf(text)).toBeNull());

  it('carries the birth date and is shown masked', () => {
    expect(readResidentId('11010519491231002X', TODAY)).toEqual({
      number: '11010519491231002X',
      birthDate: '19491231',
    });
    expect(maskResidentId('11010519491231002X')).toBe('110105********002X');
  });

  it('has a birth date that was a day', () => {
    expect(['20240229', '20230229', '2024-02-29', ''].map(isDate)).toEqual([true, false, false, false]);
  });
});

/** The 17 digits with a right check digit, found by trying: only the date may be what is refused. */
function withCheck(seventeen: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(seventeen[place]), 0);
  return seventeen + '10X98765432'.charAt(sum % 11);
}
