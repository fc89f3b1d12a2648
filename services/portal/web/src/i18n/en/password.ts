import type { Messages } from '../zh.js';

export const password: Messages['password'] = {
  title: 'Password',
  why: 'When it is changed, all your other sessions end at once.',
  change: 'Change the password',
  changed: 'The password is changed, and your other sessions have ended.',
  current: 'Password until now',
  next: 'New password',
  again: 'New password once more',
  hint: 'At least 10 characters. A few words that do not belong together are easy to remember and hard to guess.',
  needed: 'Enter the password until now.',
  tooShort: 'The new password has at least 10 characters.',
  differs: 'The two are not the same.',
};
