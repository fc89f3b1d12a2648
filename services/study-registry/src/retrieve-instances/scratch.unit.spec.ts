import { expect, it } from '@jest/globals';
import { giveBackScratch, takeScratch } from './scratch.js';

const isFree = ({ length }: Buffer) => length === 0;

it('keeps some memory of answers that have ended, and frees the rest at once', () => {
  const taken = Array.from({ length: 64 }, () => takeScratch());
  for (const scratch of taken) giveBackScratch(scratch);
  expect(taken.map(isFree)).toEqual(taken.map((_, at) => at >= 32));
  expect(taken.slice(0, 32)).toContain(takeScratch());
});

it('takes less for a short answer, and does not keep it', () => {
  const short = takeScratch(1_000);
  expect(short).toHaveLength(1_000);
  giveBackScratch(short);
  expect(takeScratch()).not.toBe(short);
});
