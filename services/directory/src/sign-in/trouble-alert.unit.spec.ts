import { describe, expect, it } from '@jest/globals';
import { troubleAlert } from './trouble-alert.js';

/** Two minutes to midnight in China. */
const NOW = new Date('2026-12-04T15:58:00.000Z');
const said = (language: 'zh' | 'en', kind: 'wait' | 'locked', seconds: number) =>
  troubleAlert(language, { kind, until: new Date(NOW.getTime() + seconds * 1_000) }, 'wrong', NOW);

describe('what is said to who is not let in', () => {
  it('is until when the account is locked, by the clocks of China and never too early', () => {
    expect(said('zh', 'locked', 840.2)).toContain('约 15 分钟后（00:13）解除');
    expect(said('en', 'locked', 180)).toContain('for about 3 min, until 00:01.');
    expect(said('zh', 'locked', 110)).toContain('（00:00）');
  });

  it('is how many seconds are to wait', () => {
    expect(said('zh', 'wait', 1.2)).toContain('请在 2 秒后再试');
    expect(said('en', 'wait', 0)).toContain('Try again in 1 s.');
  });

  it('is nothing when nothing went wrong', () => {
    expect(troubleAlert('zh', undefined, 'wrong', NOW)).toBe('');
  });
});
