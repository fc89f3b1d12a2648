import { describe, expect, it } from '@jest/globals';
import { everyMonth, monthsUntil } from './statistics.js';

describe('the months of statistics', () => {
  it('end with the one that it is in China, across years', () => {
    expect(monthsUntil(new Date('2026-01-31T15:59:59Z'), 3)).toEqual(['2025-11', '2025-12', '2026-01']);
    expect(monthsUntil(new Date('2026-01-31T16:00:00Z'), 2)).toEqual(['2026-01', '2026-02']);
  });

  it('are all there, also where nothing happened', () => {
    const known = { key: '2026-01', opened: 3, refused: 1, emergencies: 0 };
    const none = { key: '2025-12', opened: 0, refused: 0, emergencies: 0 };
    expect(everyMonth(['2025-12', '2026-01'], [known])).toEqual([none, known]);
  });
});
