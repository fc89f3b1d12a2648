import { expect, it } from '@jest/globals';
import { RequestCounts } from './request-counts.js';

const at = new Date('2026-11-29T08:00:00Z');

it('sums each kind, and begins anew when it is taken', () => {
  const counts = new RequestCounts();
  counts.add({ kind: 'find', hasFailed: false, bytes: 10, milliseconds: 2 });
  counts.add({ kind: 'find', hasFailed: true, bytes: 5, milliseconds: 3 });
  counts.add({ kind: 'receive', hasFailed: false, bytes: 100, milliseconds: 9 });
  expect([...counts.take().kinds]).toEqual([
    ['find', { requests: 2, failures: 1, bytes: 15, milliseconds: 5 }],
    ['receive', { requests: 1, failures: 0, bytes: 100, milliseconds: 9 }],
  ]);
  expect([...counts.take().kinds]).toEqual([]);
});

it('keeps the ten slowest searches, the slowest first', () => {
  const counts = new RequestCounts();
  for (let n = 1; n <= 1_000; n += 1) {
    counts.addSearch({ at, route: '/dicom-web/studies', keys: [], milliseconds: (n * 37) % 1_000 });
  }
  expect(counts.take().slowest.map(({ milliseconds }) => milliseconds)).toEqual([
    999, 998, 997, 996, 995, 994, 993, 992, 991, 990,
  ]);
});
