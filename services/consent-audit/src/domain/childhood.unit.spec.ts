import { describe, expect, it } from '@jest/globals';
import { fourteenthBirthday, type Speaker, speaksFor } from './childhood.js';

describe('childhood', () => {
  it.each([
    ['20121130', '2026-11-29T16:00:00.000Z'],
    ['20120229', '2026-02-28T16:00:00.000Z'],
    ['20000229', '2014-02-28T16:00:00.000Z'],
  ])('of %s ends at %s, when the day begins in China', (born, ends) => {
    expect(fourteenthBirthday(born)?.toISOString()).toBe(ends);
  });

  it.each(['', '2012', '20120230', '2012-01-01', '20121301'])('"%s" is no birth date', (born) => {
    expect(fourteenthBirthday(born)).toBeNull();
  });

  const now = new Date('2026-11-30T08:00:00Z');
  const [child, grown] = [new Date('2026-11-30T08:00:01Z'), now];
  it.each<[Speaker, child: string | null, grown: string | null, unknown: string | null]>([
    ['patient', 'GUARDIAN_NEEDED', null, null],
    ['guardian', null, 'GUARDIAN_NO_MORE', 'BIRTH_DATE_UNKNOWN'],
    ['proxy', 'GUARDIAN_NEEDED', null, null],
    ['heir', null, null, null],
  ])(
    'a %s speaks for a child: %s, from the birthday on: %s, of an unknown age: %s',
    (speaker, ofChild, ofGrown, unknown) => {
      expect([child, grown, null].map((ofAgeAt) => speaksFor(speaker, ofAgeAt, now))).toEqual([
        ofChild,
        ofGrown,
        unknown,
      ]);
    },
  );
});
