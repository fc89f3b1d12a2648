import { describe, expect, it } from '@jest/globals';
import { ctSeries } from '@yinglian/testing';
import { messagePlan } from './message-plan.js';
import { DEVICES, type Device, studyPlan } from './study-plan.js';

const seriesOf = (seed: number, device: Device, place: number) => {
  const { chance, ...plan } = studyPlan(seed, device, place);
  const { studyInstanceUid, slices } = ctSeries(plan.slices, plan.patientId, chance);
  return { plan, studyInstanceUid, images: slices.map(({ sopInstanceUid, sha256 }) => [sopInstanceUid, sha256]) };
};

describe('what is sent', () => {
  it('is the same for the same seed, to the last pixel', () => {
    for (const device of DEVICES) expect(seriesOf(7, device, 2)).toEqual(seriesOf(7, device, 2));
    expect(messagePlan(7, 'H001', 2)).toEqual(messagePlan(7, 'H001', 2));
  });

  it('is never the same for another seed, device, hospital or place', () => {
    const studies = [7, 8].flatMap((seed) =>
      DEVICES.flatMap((device) => [0, 1].map((place) => seriesOf(seed, device, place))),
    );
    expect(new Set(studies.map(({ studyInstanceUid }) => studyInstanceUid)).size).toBe(studies.length);
    const texts = [7, 8].flatMap((seed) =>
      (['H001', 'H002'] as const).flatMap((hospital) => [0, 1].map((place) => messagePlan(seed, hospital, place).text)),
    );
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('is sometimes sent twice at once, and sometimes once more', () => {
    const plans = Array.from({ length: 60 }, (_, place) => messagePlan(7, 'H001', place));
    for (const way of ['twiceAtOnce', 'onceMore'] as const) {
      expect(new Set(plans.map((plan) => plan[way]))).toEqual(new Set([true, false]));
    }
  });
});
