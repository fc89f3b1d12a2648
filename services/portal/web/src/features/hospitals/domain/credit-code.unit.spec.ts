import { describe, expect, it } from '@jest/globals';
import { checkCharacterOf, isCreditCode } from './credit-code.js';

describe('a unified social credit code', () => {
  it('fits its check character', () => {
    for (const code of ['12339900MB0YL00142', '12339901MB0YL0022B', '12339921MB0YL00305']) {
      expect([code, isCreditCode(code)]).toEqual([code, true]);
    }
  });

  it('does not fit with one character changed, two exchanged, or a letter that is not used', () => {
    expect(isCreditCode('12339900MB0YL00143')).toBe(false);
    expect(isCreditCode('12339900BM0YL00142')).toBe(false);
    expect(checkCharacterOf('1233990IMB0YL0014')).toBeNull();
    expect(isCreditCode('')).toBe(false);
  });
});
