import { describe, expect, it } from '@jest/globals';
import { febrl3, machineHas } from '@yinglian/testing';
import type { Bench } from '../figure.js';
import { askForMatches } from '../peers/ask-for-matches.js';
import { matchingPublicFigure, type PairMatcher } from './matching-public.js';

const noBench = {} as Bench;

/** All records of some persons. */
const few = async () => (await febrl3()).filter(({ person }) => Number(person) % 16 === 0);

/** Only equal insurance numbers. */
const byNumber: PairMatcher = {
  pairsAmong: async (records) =>
    records.flatMap(({ data }, place) =>
      records.flatMap(({ data: other }, after): [number, number][] =>
        after > place && data.otherIds[0]?.id === other.otherIds[0]?.id ? [[place, after]] : [],
      ),
    ),
};

(machineHas('splink') ? describe : describe.skip)('the figure of the public set', () => {
  it('shows a matcher and splink on the same records', async () => {
    const { ours, peer, peerName, note } = await matchingPublicFigure(byNumber).measure(noBench);
    expect(ours).toBeCloseTo(0.9228, 3);
    expect(peer).toBeCloseTo(0.9944, 3);
    expect(peerName).toBe('splink');
    expect(note).toMatch(/Ours .*: precision (0\.\d{4}|1\.0000), recall .* with all fields: precision .* F1 0\.999\d$/);
  });

  it('shows what the patient index answers to $match', async () => {
    const people = await few();
    expect(people.length).toBeGreaterThan(250);
    const { ours, note } = await matchingPublicFigure(askForMatches, async () => people).measure(noBench);
    expect(note).toMatch(/with a model learned from the records themselves: precision (1\.0000|0\.99\d\d)/);
    expect(ours).toBeGreaterThan(0.9);
  }, 180_000);
});
