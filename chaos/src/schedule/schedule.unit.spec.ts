import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endOf, type Fault } from './fault.js';
import { scheduleOf } from './schedule.js';

const options = fc.record({
  minutes: fc.double({ min: 0.5, max: 20, noNaN: true }),
  seed: fc.integer(),
  events: fc.constantFrom('postgres' as const, 'kafka' as const),
});

const nameOf = (fault: Fault) => {
  if (fault.kind === 'line') return `line: ${fault.trouble.kind}`;
  return `${fault.kind}: ${fault.process.replace(/-H\d+$/, '')}`;
};

describe('the schedule of a run', () => {
  it('is the same for the same seed, and another one for another', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        expect(scheduleOf(chosen)).toEqual(scheduleOf(chosen));
        expect(scheduleOf({ ...chosen, seed: chosen.seed + 1 })).not.toEqual(scheduleOf(chosen));
      }),
    );
  });

  it('has a fault of every kind, however short', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        expect([...new Set(scheduleOf(chosen).map(({ fault }) => nameOf(fault)))].sort()).toEqual([
          'clock: gateway',
          'clock: study-registry',
          'full disk: gateway',
          'full disk: study-registry',
          'kill: gateway',
          ...(chosen.events === 'kafka' ? ['kill: kafka'] : []),
          'kill: patient-index',
          'kill: postgresql',
          'kill: study-registry',
          'line: black hole',
          'line: breaking',
          'line: cut',
          'line: slow',
        ]);
      }),
    );
  });

  it('puts each lasting fault right before the next one begins', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        const lasting = scheduleOf(chosen).filter(({ fault }) => fault.kind !== 'kill');
        for (const [index, next] of lasting.slice(1).entries()) {
          expect(next.atMs).toBeGreaterThanOrEqual(endOf(lasting[index] ?? next));
        }
      }),
    );
  });

  it('is in order, and leaves the last fifth of the time to those who come back', () => {
    fc.assert(
      fc.property(options, (chosen) => {
        const schedule = scheduleOf(chosen);
        expect(schedule.map(({ atMs }) => atMs)).toEqual(schedule.map(({ atMs }) => atMs).sort((a, b) => a - b));
        const rounds = Math.max(1, Math.round((chosen.minutes * 60) / 45));
        const lastQuietMs = (chosen.minutes * 60_000) / rounds / 5;
        expect(Math.max(...schedule.map(endOf))).toBeLessThanOrEqual(chosen.minutes * 60_000 - lastQuietMs + 1);
      }),
    );
  });
});
