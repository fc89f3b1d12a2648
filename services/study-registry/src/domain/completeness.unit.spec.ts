import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Arrival, completes, stateOf } from './completeness.js';

describe('completeness of a study', () => {
  it('is reached when everything acknowledged is registered', () => {
    expect(stateOf({ registered: 0, received: null })).toBe('arriving');
    expect(stateOf({ registered: 400, received: null })).toBe('arriving');
    expect(stateOf({ registered: 399, received: 400 })).toBe('arriving');
    expect(stateOf({ registered: 400, received: 400 })).toBe('complete');
    expect(stateOf({ registered: 401, received: 400 })).toBe('complete');
  });

  it('is the same whatever comes first, and told of at least once', () => {
    const steps = fc.array(fc.record({ packs: fc.integer({ min: 1, max: 5 }), receiptFirst: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(steps, (all) => {
        let at: Arrival = { registered: 0, received: null };
        let told = 0;
        let total = 0;
        const move = (to: Arrival) => {
          if (completes(at, to)) told += 1;
          at = to;
        };
        for (const { packs, receiptFirst } of all) {
          total += packs;
          if (receiptFirst) move({ ...at, received: total });
          for (let n = 0; n < packs; n += 1) move({ ...at, registered: at.registered + 1 });
          if (!receiptFirst) move({ ...at, received: total });
          expect(stateOf(at)).toBe('complete');
        }
        expect(told).toBe(all.length);
      }),
    );
  });
});
