import { describe, expect, it } from '@jest/globals';
import type { Role } from '@yinglian/contracts';
import { answersFor, decidedAtHospital, grantsPower, leavesEmpty } from './duties.js';

const having = (roles: Role[], hospital: string | null = 'H001', active = true) => ({ roles, hospital, active });

describe('what gives somebody more', () => {
  it.each([
    ['a role', having(['clinician']), having(['clinician', 'steward']), true],
    ['another role in place of one', having(['clinician']), having(['auditor']), true],
    ['another hospital', having(['clinician']), having(['clinician'], 'H002'), true],
    ['the commission', having(['steward']), having(['steward'], null), true],
    ['being let in again', having(['clinician'], 'H001', false), having(['clinician']), true],
    ['a first role', having([]), having(['clinician']), true],
    ['a patient’s role beside a clinician’s past', having(['clinician']), having(['patient']), true],
    ['a role less', having(['clinician', 'steward']), having(['clinician']), false],
    ['being shut out', having(['clinician']), having(['clinician'], 'H001', false), false],
    ['a patient’s account', having([], null), having(['patient'], null), false],
    ['a patient who is let in again', having(['patient'], null, false), having(['patient'], null), false],
  ])('%s', (_, before, after, grants) => {
    expect(grantsPower(before, after)).toBe(grants);
  });
});

describe('who answers for whom', () => {
  it('is the commission for all, and a hospital for its own', () => {
    const asked = [null, 'H001', 'H002'].map((hospital) => [
      answersFor({ hospital: null }, hospital),
      answersFor({ hospital: 'H001' }, hospital),
    ]);
    expect(asked).toEqual([
      [true, false],
      [true, true],
      [true, false],
    ]);
    expect(decidedAtHospital({ hospital: 'H001' }, { hospital: 'H001' })).toBe('H001');
    expect(decidedAtHospital({ hospital: 'H002' }, { hospital: 'H001' })).toBeNull();
  });
});

describe('the commission', () => {
  const [one, other] = [having(['administrator'], null), having(['administrator'], null)];
  it.each([
    ['keeps its last administrator', one, having(['administrator'], null, false), [], 'administrator'],
    ['keeps them from moving to a hospital', one, having(['administrator'], 'H001'), [], 'administrator'],
    ['lets one of two go', one, having(['auditor'], null), [other], undefined],
    ['does not count a hospital’s', one, having(['auditor'], null), [having(['administrator'])], 'administrator'],
    [
      'does not count who cannot act',
      one,
      having(['auditor'], null),
      [having(['administrator', 'auditor'], null)],
      'administrator',
    ],
    [
      'keeps its last security administrator',
      having(['security-administrator'], null),
      having(['steward'], null),
      [one],
      'security-administrator',
    ],
    ['lets a hospital’s last one go', having(['administrator']), having(['clinician']), [], undefined],
  ])('%s', (_, before, after, others, empty) => {
    expect(leavesEmpty(before, after, others)).toBe(empty);
  });
});
