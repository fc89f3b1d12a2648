import { describe, expect, it } from '@jest/globals';
import { creditCodeChecks } from './credit-code.js';

describe('the check character of a unified social credit code', () => {
  it.each(['91350200MA2YJ1XR9G', '91350200776049653A', '123502001549897397'])('is right in %s', (code) => {
    expect(creditCodeChecks(code)).toBe(true);
  });

  it.each([
    ['91350203M0001QAY9B', 'in use, though wrong'],
    ['91350200MA2YJ1XR9H', 'another check character'],
    ['91350200MA2YJ1XO9G', 'a letter that is not used'],
    ['91350200MA2YJ1XR9', 'too short'],
  ])('is wrong in %s: %s', (code) => {
    expect(creditCodeChecks(code)).toBe(false);
  });
});
