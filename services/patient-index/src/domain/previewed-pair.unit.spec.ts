import { describe, expect, it } from '@jest/globals';
import { changeOf, countAsked, type PreviewedPair, pairsByBits, tellingPairs } from './previewed-pair.js';

const evidence = (bits: number) => ({ bits, probability: 0.5, priorBits: 0, fields: [] });
const pair = (patientNo: string, now: number | null, proposed: number | null): PreviewedPair => ({
  patientNo,
  personId: `P${patientNo}`,
  otherNo: '1',
  now: now === null ? null : evidence(now),
  proposed: proposed === null ? null : evidence(proposed),
});

describe('what settings change', () => {
  const pairs = [pair('2', 5, 5), pair('3', 2, 4), pair('4', 3, -1), pair('5', null, 4.5), pair('6', 2.9, 3.9)];
  const least = { now: 3, proposed: 4 };

  it('is who is asked about by one of them alone', () => {
    expect(pairs.map((one) => changeOf(one, least))).toEqual(['none', 'added', 'dropped', 'added', 'none']);
    expect(countAsked(pairs, least)).toEqual({ now: 2, proposed: 3, added: 2, dropped: 1 });
  });

  it('is told by the pairs nearest to the threshold', () => {
    expect(tellingPairs(pairs, least, 2).map(({ patientNo }) => patientNo)).toEqual(['3', '5']);
  });

  it('is counted by bits, what is above the last one with it', () => {
    expect(pairsByBits(pairs, -1, 4)).toEqual([
      { bits: -1, now: 0, proposed: 1 },
      { bits: 0, now: 0, proposed: 0 },
      { bits: 1, now: 0, proposed: 0 },
      { bits: 2, now: 2, proposed: 0 },
      { bits: 3, now: 1, proposed: 1 },
      { bits: 4, now: 1, proposed: 3 },
    ]);
  });
});
