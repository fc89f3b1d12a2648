import { describe, expect, it } from '@jest/globals';
import type { OfferedStudy } from '../send/offered-images.js';
import { compareEvents } from './compare-events.js';
import { compareStudy, type FoundStudy } from './compare-study.js';

const image = (name: string, isAcknowledged = true) => ({
  sopInstanceUid: `1.${name}`,
  sha256: `sum ${name}`,
  isAcknowledged,
});
const offered: OfferedStudy = {
  hospital: 'H001',
  studyInstanceUid: '1.2',
  images: [image('1'), image('2'), image('3', false)],
};
const whole: FoundStudy = {
  studyRows: [2],
  seriesRows: [2],
  listed: ['1.1', '1.2'],
  returned: ['sum 1', 'sum 2'],
};
const compared = (found: Partial<FoundStudy>) => {
  const { lost, doubled } = compareStudy(offered, { ...whole, ...found });
  return { lost, doubled };
};

describe('a study in the province', () => {
  it('is well when all that was acknowledged is there once', () => {
    expect(compareStudy(offered, whole)).toEqual({ lost: 0, doubled: 0, findings: [] });
  });

  it('may have images that were not acknowledged, but whole', () => {
    const more = { studyRows: [3], seriesRows: [3], listed: [...whole.listed, '1.3'] };
    expect(compared({ ...more, returned: [...whole.returned, 'sum 3'] })).toEqual({ lost: 0, doubled: 0 });
    expect(compared({ ...more, returned: [...whole.returned, 'sum of a part of 3'] })).toEqual({ lost: 1, doubled: 0 });
  });

  it('has lost what is not listed, not given back, or given back otherwise', () => {
    expect(compared({ studyRows: [1], seriesRows: [1], listed: ['1.1'] })).toEqual({ lost: 1, doubled: 0 });
    expect(compared({ returned: ['sum 1'] })).toEqual({ lost: 1, doubled: 0 });
    expect(compared({ studyRows: [], seriesRows: [], listed: [], returned: [] })).toEqual({ lost: 2, doubled: 0 });
  });

  it('has lost what it does not count', () => {
    expect(compared({ studyRows: [1] })).toEqual({ lost: 1, doubled: 0 });
  });

  it('has doubled what is listed, given back or counted more than once', () => {
    expect(compared({ listed: ['1.1', '1.2', '1.2'], studyRows: [3], seriesRows: [3] })).toEqual({
      lost: 0,
      doubled: 1,
    });
    expect(compared({ returned: ['sum 1', 'sum 2', 'sum 2'] })).toEqual({ lost: 0, doubled: 1 });
    expect(compared({ studyRows: [3] })).toEqual({ lost: 0, doubled: 1 });
    expect(compared({ studyRows: [2, 2] })).toEqual({ lost: 0, doubled: 1 });
    expect(compared({ seriesRows: [2, 2] })).toEqual({ lost: 0, doubled: 2 });
  });
});

describe('what is told of a study', () => {
  const told = (registrations: number, completedWith: number | undefined) => {
    const { lost, doubled } = compareEvents(offered, { registrations, completedWith }, 2);
    return { lost, doubled };
  };

  it('is one registration, and a completion with what is there', () => {
    expect(told(1, 2)).toEqual({ lost: 0, doubled: 0 });
  });

  it('is too little without a registration, or before everything is complete', () => {
    expect(compareEvents(offered, undefined, 2)).toMatchObject({ lost: 2, doubled: 0 });
    expect(told(1, undefined)).toEqual({ lost: 2, doubled: 0 });
    expect(told(1, 1)).toEqual({ lost: 1, doubled: 0 });
  });

  it('is too much with two registrations, or when more is complete than there is', () => {
    expect(told(2, 2)).toEqual({ lost: 0, doubled: 1 });
    expect(told(1, 3)).toEqual({ lost: 0, doubled: 1 });
  });

  it('may be nothing when nothing was acknowledged', () => {
    const refused = { ...offered, images: [image('1', false)] };
    expect(compareEvents(refused, undefined, 0)).toEqual({ lost: 0, doubled: 0, findings: [] });
  });
});
