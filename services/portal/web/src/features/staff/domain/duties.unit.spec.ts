import { describe, expect, it } from '@jest/globals';
import { dutiesAreApart as directorySays, Role } from '@yinglian/contracts';
import { dutiesAreApart } from './duties.js';

describe('roles of one account', () => {
  it('exclude one another where the directory says so', () => {
    const all = Role.options;
    const pairs = all.flatMap((one) => all.filter((other) => other !== one).map((other) => [one, other] as const));
    expect(pairs.map(dutiesAreApart)).toEqual(pairs.map(directorySays));
    expect(pairs.filter(dutiesAreApart).flat()).toEqual(expect.not.arrayContaining(['administrator', 'patient']));
    expect([[], ['administrator'], ['clinician', 'steward']].map((roles) => dutiesAreApart(roles as Role[]))).toEqual([
      true,
      true,
      true,
    ]);
  });
});
