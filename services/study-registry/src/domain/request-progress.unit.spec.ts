import { describe, expect, it } from '@jest/globals';
import { type AnsweredRequest, type RequestedArrival, requestProgress } from './request-progress.js';

const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 8, 0, second));
const NOTHING: RequestedArrival = { instances: 0, isComplete: false, changedAt: null };

const progress = (request: Partial<AnsweredRequest>, arrival: Partial<RequestedArrival> = {}, second = 59) =>
  requestProgress(
    { state: 'open', requestedAt: at(10), answeredAt: null, ...request },
    { ...NOTHING, ...arrival },
    at(second),
  );

describe('how far a study has come that was asked for', () => {
  it('is asked until something of it comes, whatever was there before', () => {
    expect(progress({})).toBe('asked');
    expect(progress({}, { instances: 3, isComplete: true, changedAt: at(9) })).toBe('asked');
    expect(progress({}, { instances: 3, changedAt: at(11) })).toBe('coming');
  });

  it('is coming when the gateway has it, and arrived when the registry has all that the gateway took', () => {
    const fetched = { state: 'fetched', answeredAt: at(20) } as const;
    expect(progress(fetched)).toBe('coming');
    expect(progress(fetched, { instances: 3, changedAt: at(21) })).toBe('coming');
    expect(progress(fetched, { instances: 3, isComplete: true, changedAt: at(22) })).toBe('arrived');
  });

  it('has not arrived before the gateway could say how much it fetched', () => {
    const fetched = { state: 'fetched', answeredAt: at(20) } as const;
    const before = { instances: 3, isComplete: true, changedAt: at(9) };
    expect(progress(fetched, before, 29)).toBe('coming');
    expect(progress(fetched, before, 30)).toBe('arrived');
  });

  it.each(['not-found', 'pacs-away', 'failed', 'expired'] as const)(
    'is %s when the gateway or the day says so',
    (state) => {
      expect(progress({ state, answeredAt: at(20) }, { instances: 3, isComplete: true, changedAt: at(9) })).toBe(state);
    },
  );
});
