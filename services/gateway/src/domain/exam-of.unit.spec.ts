import { expect, it } from '@jest/globals';
import { examOf } from './exam-of.js';

const numbers = (
  accessionNumber: string | null,
  placerOrderNumber: string | null,
  fillerOrderNumber: string | null,
) => ({
  accessionNumber,
  placerOrderNumber,
  fillerOrderNumber,
});
const known = [
  { examId: 1, ...numbers('A1', 'P1', null) },
  { examId: 2, ...numbers('A1', 'P2', 'F2') },
  { examId: 3, ...numbers(null, 'P3', null) },
];

it.each([
  ['the placer’s number', numbers(null, 'P1', null), 1],
  ['the filler’s number before the accession number that others share', numbers('A1', null, 'F2'), 2],
  ['the accession number when nothing speaks against it', numbers('A1', null, 'F1'), 1],
  ['a placer’s number, and learns the others', numbers('A3', 'P3', 'F3'), 3],
  [
    'none: another placer’s number under a known accession number is another exam',
    numbers('A1', 'P9', null),
    undefined,
  ],
  ['none that it agrees with', numbers('A9', null, null), undefined],
])('an exam is found by %s', (_, said, examId) => {
  expect(examOf(said, known)?.examId).toBe(examId);
});
