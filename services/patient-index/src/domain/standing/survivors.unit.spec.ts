import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Merge, survivorsOf } from './survivors.js';

const PERSONS = ['A', 'B', 'C', 'D', 'E', 'F'];
const person = fc.constantFrom(...PERSONS);
const merge: fc.Arbitrary<Merge> = fc.record({ fromId: person, intoId: person });
const merges = fc.array(merge, { maxLength: 12 });
const groupsOf = (survivors: ReadonlyMap<string, string>) =>
  new Set([...Map.groupBy(survivors.keys(), (id) => survivors.get(id)).values()].map((group) => group.sort().join('')));

/** The groups by another way: what can be reached along merges. */
function reachable(all: readonly Merge[]): Set<string> {
  return new Set(
    PERSONS.map((start) => {
      const seen = new Set([start]);
      for (let before = 0; before < seen.size; ) {
        before = seen.size;
        for (const { fromId, intoId } of all) {
          if (seen.has(fromId)) seen.add(intoId);
          if (seen.has(intoId)) seen.add(fromId);
        }
      }
      return [...seen].sort().join('');
    }),
  );
}

describe('who stands for whom', () => {
  it('is decided by merges in their order', () => {
    const chain: Merge[] = [
      { fromId: 'A', intoId: 'B' },
      { fromId: 'C', intoId: 'D' },
      { fromId: 'B', intoId: 'C' },
    ];
    expect(Object.fromEntries(survivorsOf(PERSONS, chain))).toEqual({ A: 'D', B: 'D', C: 'D', D: 'D', E: 'E', F: 'F' });
    expect(Object.fromEntries(survivorsOf(PERSONS, chain.slice(1)))).toMatchObject({ A: 'A', B: 'D', C: 'D', D: 'D' });
  });

  it('joins whoever is joined along merges, and nobody else', () =>
    fc.assert(fc.property(merges, (all) => expect(groupsOf(survivorsOf(PERSONS, all))).toEqual(reachable(all)))));

  it('is always one of those whom they stand for, and stands for themselves', () =>
    fc.assert(
      fc.property(merges, (all) => {
        const survivors = survivorsOf(PERSONS, all);
        for (const survivor of survivors.values()) expect(survivors.get(survivor)).toBe(survivor);
      }),
    ));

  it('does not change by a merge repeated, turned, in a circle or with oneself', () =>
    fc.assert(
      fc.property(merges, person, person, (all, one, other) => {
        const before = survivorsOf(PERSONS, [...all, { fromId: one, intoId: other }]);
        const again = [
          { fromId: one, intoId: other },
          { fromId: other, intoId: one },
          { fromId: one, intoId: one },
        ];
        expect(survivorsOf(PERSONS, [...all, { fromId: one, intoId: other }, ...again])).toEqual(before);
      }),
    ));
});
