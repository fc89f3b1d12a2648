import { describe, expect, it } from '@jest/globals';
import { judgeResidentId, maskResidentId, readResidentId, sexIn } from './resident-id.js';

const TODAY = '20261124';
const numberOf = (text: string) => readResidentId(text, TODAY)?.number ?? null;
const verdictOn = (text: string) => judgeResidentId(text, TODAY).kind;

describe('a resident id', () => {
  it.each([
    ['18 digits', '339901194912310027', '339901194912310027'],
    ['a check character', '33990119491231006X', '33990119491231006X'],
    ['a lower-case x', '33990119491231006x', '33990119491231006X'],
    ['full-width characters', '３３９９０１１９４９１２３１００６ｘ', '33990119491231006X'],
    ['spaces and hyphens', ' 339901 19491231-006X ', '33990119491231006X'],
    ['invisible characters and other dashes', '\u200b339901\u201319491231\u2212006X\ufeff', '33990119491231006X'],
    ['15 digits, lifted', '339901491231002', '339901194912310027'],
    ['a residence permit of Hong Kong', withCheck('81000019940823002'), withCheck('81000019940823002')],
    ['a residence permit of Macao', withCheck('82000019870216003'), withCheck('82000019870216003')],
    ['a residence permit of Taiwan', withCheck('83000020050101001'), withCheck('83000020050101001')],
    ['a permanent residence card of 2023', withCheck('91112319850412003'), withCheck('91112319850412003')],
  ])('is read: %s', (_, text, number) => expect(numberOf(text)).toBe(number));

  it.each([
    ['a wrong check digit', 'wrong-check', '339901194912310021'],
    ['two digits swapped', 'wrong-check', '33990119491213006X'],
    ['the 30th of February', 'impossible-date', withCheck('33990119490230002')],
    ['the 13th month', 'impossible-date', withCheck('33990119491331002')],
    ['29 February of no leap year', 'impossible-date', withCheck('33990119000229002')],
    ['a birth in the future', 'impossible-date', withCheck('33990120261125002')],
    ['a year that nobody living saw', 'impossible-date', withCheck('33990117491231002')],
    ['15 digits with an impossible date', 'impossible-date', '339901491331002'],
    ['17 characters', 'none', '33990119491231002'],
    ['nothing', 'none', ''],
    ['15 digits of no province', 'none', '990105491231002'],
    ['zeros only, of the old length', 'none', '000000000000000'],
    ['letters', 'none', '33990119491231ABCX'],
    ['Arabic-Indic digits', 'none', '٣٣٩٩٠١١٩٤٩١٢٣١٠٠٢٧'],
    ["the standard's first example", 'placeholder', '11010519491231002X'],
    ["the standard's first example in 15 digits", 'placeholder', '110105491231002'],
    ["the standard's second example", 'placeholder', '440524188001010014'],
    ['ones only', 'placeholder', '111111111111111'],
    ['ones only, in 18', 'placeholder', '111111111111111111'],
    ['zeros with their right check digit', 'placeholder', withCheck('00000000000000000')],
    ['nines with their right check digit', 'placeholder', withCheck('99999999999999999')],
    ['a sequence', 'placeholder', '123456789012345678'],
    ['a sequence before a birth date', 'placeholder', withCheck('12345619800203001')],
    ['one digit before a birth date', 'placeholder', withCheck('11111119800203123')],
    ['zeros around a birth date', 'placeholder', withCheck('00000019800203000')],
    ['a province and a birth date only', 'placeholder', withCheck('33000019800203000')],
  ])('is not read from %s: %s', (_, verdict, text) => {
    expect(verdictOn(text)).toBe(verdict);
    expect(numberOf(text)).toBeNull();
  });

  it('carries birth date and sex, and is shown masked', () => {
    expect(readResidentId('33990119491231006X', TODAY)).toEqual({
      number: '33990119491231006X',
      birthDate: '19491231',
    });
    expect([sexIn('33990119491231006X'), sexIn('33990119491231014X'), sexIn('339901196809051018')]).toEqual([
      'F',
      'F',
      'M',
    ]);
    expect(maskResidentId('33990119491231006X')).toBe('339901********006X');
  });
});

/** The 17 digits with a right check digit: only something else may be what is refused. */
function withCheck(seventeen: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(seventeen[place]), 0);
  return seventeen + '10X98765432'.charAt(sum % 11);
}
