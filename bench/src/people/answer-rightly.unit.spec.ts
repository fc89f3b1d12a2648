import { expect, it } from '@jest/globals';
import { answerRightly } from './answer-rightly.js';

it('joins clusters of one person, also by way of others, and no others', () => {
  const assignments = [
    { truth: 1, cluster: 'a' },
    { truth: 1, cluster: 'b' },
    { truth: 1, cluster: 'c' },
    { truth: 2, cluster: 'd' },
    { truth: 3, cluster: 'e' },
    { truth: 3, cluster: 'f' },
  ];
  const questions = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['c', 'd'],
    ['d', 'nobody'],
  ] as const;
  const answered = answerRightly(assignments, questions);
  expect(answered.map(({ truth }) => truth)).toEqual([1, 1, 1, 2, 3, 3]);
  expect(new Set(answered.slice(0, 3).map(({ cluster }) => cluster)).size).toBe(1);
  expect(answered.slice(3)).toEqual(assignments.slice(3));
});
