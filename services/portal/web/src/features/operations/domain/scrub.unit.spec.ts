import { expect, it } from '@jest/globals';
import { bytesByDay, daysOfReading, type Scrub, type ScrubDay } from './scrub.js';

const day = (name: string, place: ScrubDay['place'], bytes: number): ScrubDay => ({
  day: name,
  place,
  packs: 1,
  bytes,
  damaged: 0,
  healed: 0,
});

it('what was read is summed day by day, and a day on which nothing was read is one too', () => {
  const days = [day('2026-12-01', 'primary', 5), day('2026-12-01', 'replica', 2), day('2026-11-29', 'primary', 9)];
  expect(bytesByDay(days, '2026-12-01', 4)).toEqual([0, 9, 0, 7]);
  expect(bytesByDay([], '2026-12-01', 2)).toEqual([0, 0]);
});

it('a reading of two stores takes twice as long', () => {
  const place = { address: '', trouble: null, troubleSince: null, verifiedShare: 1, everVerifiedShare: 1 };
  const scrub: Scrub = {
    periodDays: 30,
    bytesPerSecond: 10_000_000,
    storedBytes: 8.64e12,
    places: [{ ...place, place: 'primary', oldestVerification: null }],
    damaged: 0,
    unhealable: 0,
    healed: 0,
    backlog: null,
    days: [],
  };
  expect(daysOfReading(scrub)).toBe(10);
  expect(daysOfReading({ ...scrub, places: [...scrub.places, ...scrub.places] })).toBe(20);
  expect(daysOfReading({ ...scrub, places: [] })).toBe(10);
});
