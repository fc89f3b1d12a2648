import { describe, expect, it } from '@jest/globals';
import { isOneSlip, jaroWinkler } from './text-distance.js';

describe('Jaro-Winkler', () => {
  // The examples of Winkler's paper of 1990 and of the Census Bureau's strcmp95.
  it.each([
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
    ['jones', 'johnson', 0.832],
    ['same', 'same', 1],
    ['abc', 'xyz', 0],
    ['', 'a', 0],
    ['', '', 0],
  ])('of %s and %s is %d', (a, b, similarity) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(similarity, 3);
    expect(jaroWinkler(b, a)).toBeCloseTo(similarity, 3);
  });
});

describe('one slip', () => {
  it.each([
    ['12', '12', false],
    ['12', '13', true],
    ['12', '123', true],
    ['12', '21', true],
    ['1234', '1324', true],
    ['1234', '1432', false],
    ['1234', '12', false],
    ['', '1', true],
    ['', '', false],
    ['1122', '2211', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(isOneSlip([...a], [...b])).toBe(expected);
    expect(isOneSlip([...b], [...a])).toBe(expected);
  });
});
