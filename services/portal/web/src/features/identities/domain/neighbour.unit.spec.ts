import { describe, expect, it } from '@jest/globals';
import { afterDecision, neighbour } from './neighbour.js';

describe('the next one of a list', () => {
  it('ends where the list ends, and begins at its beginning', () => {
    const ids = ['7', '3', '9'];
    expect([neighbour(ids, '7', 1), neighbour(ids, '9', 1), neighbour(ids, '7', -1)]).toEqual(['3', null, null]);
    expect([neighbour(ids, null, 1), neighbour(ids, 'gone', 1), neighbour([], null, 1)]).toEqual(['7', '7', null]);
  });

  it('after a decision is the one below, else the one above, else nobody', () => {
    expect(afterDecision(['7', '3', '9'], '3')).toBe('9');
    expect(afterDecision(['7', '3', '9'], '9')).toBe('3');
    expect(afterDecision(['7'], '7')).toBeNull();
  });
});
