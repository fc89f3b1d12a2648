import { describe, expect, it } from '@jest/globals';
import { isLikeResidentId, isSurelyResidentId } from './resident-id-form.js';

describe('the form of a resident id', () => {
  // The first two are the examples of GB 11643-1999.
  it.each([
    ['11010519491231002X', true, true],
    ['440524188001010014', true, true],
    ['１１０１０５１９４９１２３１００２ｘ', true, true],
    ['110105 19491231 002x', true, true],
    ['110105194912310021', true, false],
    ['110105194913310026', true, false],
    ['110105491231002', true, false],
    ['202611240000012345', true, false],
    ['11010519491231002', false, false],
    ['E12345678', false, false],
    ['', false, false],
  ])('%j is like one: %s, surely one: %s', (text, isLike, isSure) => {
    expect([isLikeResidentId(text), isSurelyResidentId(text)]).toEqual([isLike, isSure]);
  });
});
