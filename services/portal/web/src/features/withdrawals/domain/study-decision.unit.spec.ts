import { describe, expect, it } from '@jest/globals';
import { type Asked, type StudyDecision, stands, undoing, WHOLE_STUDY } from './study-decision.js';

const made = (number: number, asked: Partial<Asked>): StudyDecision => ({
  ...WHOLE_STUDY,
  decision: 'withdraw',
  reason: null,
  number,
  note: 'x',
  decidedByName: 'x',
  decidedAt: '2026-11-29T08:00:00.000Z',
  instances: 1,
  ...asked,
});
const series = { seriesInstanceUid: '1.2' };

describe('a decision about a study', () => {
  const first = made(1, { reason: '113037' });
  const ofSeries = made(2, { ...series, reason: '113001' });
  const restored = made(3, { decision: 'restore' });
  const held = made(4, { decision: 'hold' });
  const all = [first, ofSeries, restored, held];

  it('stands until the opposite is decided about the same', () => {
    expect(all.map((each) => stands(each, all))).toEqual([false, true, true, true]);
    expect(stands(restored, [...all, made(5, {})])).toBe(false);
  });

  it('is undone by the opposite about the same, a withdrawal again for its reason', () => {
    expect(undoing(ofSeries, all)).toEqual({ ...WHOLE_STUDY, ...series, decision: 'restore', reason: null });
    expect(undoing(restored, all)).toEqual({ ...WHOLE_STUDY, decision: 'withdraw', reason: '113037' });
    expect(undoing(held, all)).toEqual({ ...WHOLE_STUDY, decision: 'release', reason: null });
  });
});
