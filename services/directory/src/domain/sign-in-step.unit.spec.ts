import { describe, expect, it } from '@jest/globals';
import { nextStep } from './sign-in-step.js';

describe('what a sign-in page asks next', () => {
  const nothing = {
    account: undefined,
    hasFirst: false,
    isTold: false,
    hasFactor: false,
    needsFactor: false,
    isProved: false,
  };
  const known = { ...nothing, account: 'dr.lin', hasFirst: true };

  it.each([
    ['the password at first', nothing, 'password'],
    ['nothing more of who has no factor and needs none', known, 'finished'],
    ['the code of who has a factor, needed or not', { ...known, hasFactor: true }, 'code'],
    ['another password of who was told theirs', { ...known, isTold: true }, 'new-password'],
    ['that before a factor is set up', { ...known, isTold: true, needsFactor: true }, 'new-password'],
    ['that not before the factor is proved', { ...known, isTold: true, hasFactor: true }, 'code'],
    ['that once it is', { ...known, isTold: true, hasFactor: true, isProved: true }, 'new-password'],
    ['for a factor of who needs one', { ...known, needsFactor: true }, 'enrol'],
    [
      'the code alone in a session that goes on',
      { ...known, hasFirst: false, hasFactor: true, needsFactor: true },
      'code',
    ],
    [
      'the password again before a factor is set up there',
      { ...known, hasFirst: false, needsFactor: true },
      'password',
    ],
    ['nothing more once it is proved', { ...known, hasFactor: true, needsFactor: true, isProved: true }, 'finished'],
  ] as const)('is %s', (_, state, step) => {
    expect(nextStep(state)).toBe(step);
  });
});
