import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judge, NOTHING_SAID, type StudyExpectation } from './study-completion.js';

const patience = { afterReleaseMs: 300, openMs: 5_000, unfinishedMs: 1_800_000 };
const judged = (received: readonly string[], said: Partial<StudyExpectation>, quietMs: number, isReleased = true) =>
  judge({ received: new Set(received), said: { ...NOTHING_SAID, ...said }, isReleased, quietMs }, patience);
const step = (isEnded: boolean, ...instances: string[]) => ({ isEnded, instances });

describe('whether a study is complete', () => {
  it('is not asked while images come, whatever is said of it', () => {
    expect(judged(['1'], { steps: [step(true, '1')] }, 299)).toEqual({ quietForMs: 300 });
    expect(judged(['1'], { steps: [step(true, '1')] }, 4_999, false)).toEqual({ quietForMs: 5_000 });
  });

  it('is decided by quiet when nobody says anything of it', () => {
    const likely = { confidence: 'likely', expected: null, missing: 0, missingInstances: [] };
    expect(judged(['1'], {}, 300)).toEqual({ reason: 'QUIET_AFTER_RELEASE', ...likely });
    expect(judged(['1'], {}, 5_000, false)).toEqual({ reason: 'QUIET_TIME', ...likely });
  });

  it('is certain when every step has ended and all that they list is here', () => {
    const steps = [step(true, '1', '2'), step(true, '3')];
    const certain = { confidence: 'certain', expected: 3, missing: 0, missingInstances: [] };
    expect(judged(['1', '2', '3', '4'], { steps }, 300)).toEqual({ reason: 'MPPS_COMPLETED', ...certain });
  });

  it('waits long while a step goes on or an instance is missing, and is doubtful then', () => {
    const missing = { steps: [step(true, '1', '2')] };
    expect(judged(['1'], missing, 1_799_999)).toEqual({ quietForMs: 1_800_000 });
    expect(judged(['1'], missing, 1_800_000)).toEqual({
      reason: 'QUIET_TIME',
      confidence: 'doubtful',
      expected: 2,
      missing: 1,
      missingInstances: ['2'],
    });
    expect(judged(['1'], { steps: [step(false)] }, 300)).toEqual({ quietForMs: 1_800_000 });
    expect(judged(['1'], { steps: [step(true, '1'), step(false)] }, 300)).toEqual({ quietForMs: 1_800_000 });
    expect(judged(['1'], { steps: [step(false)] }, 1_800_000)).toMatchObject({
      confidence: 'doubtful',
      expected: null,
    });
  });

  it('takes an ended step that lists nothing for no word at all', () => {
    expect(judged(['1'], { steps: [step(true)] }, 300)).toMatchObject({ reason: 'QUIET_AFTER_RELEASE' });
  });

  it('is certain when commitment was asked for all that came, and doubtful for what did not come', () => {
    expect(judged(['1', '2'], { committed: ['1', '2'] }, 300)).toMatchObject({
      reason: 'COMMITMENT_REQUESTED',
      confidence: 'certain',
      expected: 2,
    });
    expect(judged(['1', '2'], { committed: ['1'] }, 300)).toMatchObject({ reason: 'QUIET_AFTER_RELEASE' });
    expect(judged(['1'], { committed: ['1', '2'] }, 300)).toEqual({ quietForMs: 1_800_000 });
    expect(judged(['1'], { committed: ['1', '2'] }, 1_800_000)).toMatchObject({ missing: 1, confidence: 'doubtful' });
  });

  it('is likely when as many images are here as RIS counts', () => {
    expect(judged(['1', '2'], { risCount: 2 }, 300)).toMatchObject({ reason: 'RIS_COUNT', confidence: 'likely' });
    expect(judged(['1'], { risCount: 3 }, 1_800_000)).toMatchObject({ expected: 3, missing: 2, missingInstances: [] });
  });

  it('never stays undecided once the long quiet is over, and never counts more missing than expected', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 12 }).map(String));
    const said = fc.record({
      steps: fc.array(fc.record({ isEnded: fc.boolean(), instances: uids }), { maxLength: 3 }),
      committed: uids,
      risCount: fc.option(fc.integer({ min: 1, max: 20 })),
    });
    fc.assert(
      fc.property(uids, said, fc.boolean(), (received, expectation, isReleased) => {
        const judgement = judged(received, expectation, 1_800_000, isReleased);
        if ('quietForMs' in judgement) throw new Error('undecided');
        expect(judgement.missing).toBeLessThanOrEqual(judgement.expected ?? 0);
        if (judgement.confidence !== 'doubtful') expect(judgement.missing).toBe(0);
      }),
    );
  });
});
