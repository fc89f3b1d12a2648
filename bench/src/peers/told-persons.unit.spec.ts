import { expect, it } from '@jest/globals';
import { sustainedRate } from './told-persons.js';

it.each([
  ['leaves out the first quarter', [0, 100, 300, 800], 350],
  ['counts from the beginning when all came at once', [0, 800], 800],
])('the sustained rate %s', (_, told, rate) => {
  expect(sustainedRate(told.map((count, second) => ({ told: count, at: 5_000 + 1_000 * second })))).toBe(rate);
});
