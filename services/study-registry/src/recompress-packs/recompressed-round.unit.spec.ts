import { expect, it } from '@jest/globals';
import { RecompressedRound } from './recompressed-round.js';

const GIB = 2 ** 30;

it('says what a round saved, and nothing where nothing happened', () => {
  const round = new RecompressedRound(1_000);
  expect(round.told(0)).toBeUndefined();
  round.add({ kind: 'compact', sizeBytes: 3 * GIB, storedBytes: GIB });
  round.add({ kind: 'compact', sizeBytes: GIB, storedBytes: GIB / 2 });
  round.add({ kind: 'stays' });
  round.add({ kind: 'unreadable' });
  expect(round.told(1)).toBe(
    'Recompression: stored compact 2 (4.000 GiB in 1.500 GiB, 62.5 % saved), left as they are 2',
  );
  expect(round.told(5_000)).toBeUndefined();
});

it('says what follows at once a while later, together', () => {
  const round = new RecompressedRound(1_000);
  for (const at of [0, 10, 20]) {
    round.add({ kind: 'compact', sizeBytes: GIB, storedBytes: GIB / 4 });
    expect([at, round.told(at) === undefined]).toEqual([at, at > 0]);
  }
  expect(round.told(1_000)).toMatch(/^Recompression: stored compact 2 \(2\.000 GiB /);
});
