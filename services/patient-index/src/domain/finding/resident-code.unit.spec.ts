import { describe, expect, it } from '@jest/globals';
import { residentCodeOf } from './resident-code.js';

describe('a code of resident ids', () => {
  it.each<[string, readonly string[], number]>([
    ['has the place and the number within the day', ['33010219760629002X'], 330102002],
    ['fits into an integer of PostgreSQL', ['830000197606299993'], 830000999],
    ['is none of nobody’s', [], 0],
    ['is none of several', ['33010219760629002X', '110101199003070011'], 0],
    ['is none of what has another form', ['A12345678'], 0],
  ])('%s', (_, residentIds, code) => {
    expect(residentCodeOf(residentIds)).toBe(code);
  });
});
