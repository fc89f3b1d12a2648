import { describe, expect, it } from '@jest/globals';
import { type RiskFacts, riskOf } from './conflict-risk.js';

const NOW = new Date('2026-11-29T08:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const risk = (told: Partial<RiskFacts>) =>
  riskOf({ kind: 'SHARED_ID', hasStudies: false, otherSeenAt: null, ...told }, NOW);

describe('the risk of a conflict', () => {
  it('is highest for a card in use, with images on both sides lately', () => {
    expect(risk({ hasStudies: true, otherSeenAt: daysAgo(2) })).toBe(100);
  });

  it('follows from what is wrong, then from images and from when the other person was seen', () => {
    const kinds = ['SHARED_ID', 'MANY_NAMES', 'LATE_ID', 'ID_CHANGED', 'HOSPITAL_MERGE', 'SEVERAL_IDS'] as const;
    expect(kinds.map((kind) => risk({ kind }))).toEqual([60, 50, 40, 30, 25, 20]);
    expect([30, 31, 365, 366].map((days) => risk({ otherSeenAt: daysAgo(days) }))).toEqual([80, 70, 70, 60]);
    expect(risk({ kind: 'LATE_ID', hasStudies: true })).toBe(60);
  });

  it('puts a changed number of somebody who is examined now above a shared card that nobody uses', () => {
    const changed = risk({ kind: 'ID_CHANGED', hasStudies: true, otherSeenAt: daysAgo(1) });
    expect(changed).toBeGreaterThan(risk({ kind: 'SHARED_ID', otherSeenAt: daysAgo(1000) }));
  });
});
