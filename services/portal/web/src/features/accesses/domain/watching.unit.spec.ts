import { describe, expect, it } from '@jest/globals';
import { watching } from './watching.js';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');
const YESTERDAY = '2026-11-29T12:00:00.000Z';
const BEFORE = '2026-11-29T11:59:59.999Z';

describe('hospitals that watch the audit log', () => {
  it('are those that signed within a day; others are named with when they did', () => {
    const witnesses = [
      { hospital: 'H001', witnessedAt: YESTERDAY },
      { hospital: 'H002', witnessedAt: BEFORE },
      { hospital: 'H003', witnessedAt: null },
      { hospital: 'H999', witnessedAt: YESTERDAY },
    ];
    expect(watching(['H001', 'H002', 'H003', 'H004'], witnesses, NOW)).toEqual({
      witnessed: ['H001'],
      silent: [
        { hospital: 'H002', witnessedAt: BEFORE },
        { hospital: 'H003', witnessedAt: null },
        { hospital: 'H004', witnessedAt: null },
      ],
    });
  });

  it('are none in a province without hospitals', () => {
    expect(watching([], [], NOW)).toEqual({ witnessed: [], silent: [] });
  });
});
