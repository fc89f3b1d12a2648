import type { Messages } from '../zh.js';

export const sessions: Messages['sessions'] = {
  secondFactor: 'Second factor',
  hasFactor:
    'An authenticator app is set up. Before you change your phone, have an administrator remove it and set it up anew.',
  noFactor: 'None is set up. With one you are asked for a code from your phone after your password.',
  enrol: 'Set up an authenticator app',
  title: 'Where you are signed in',
  why: 'Something you do not know? End it at once and have an administrator reset your password.',
  thisOne: 'This session',
  program: 'A command line or another program',
  on: '{{browser}} on {{system}}',
  since: 'since {{time}}',
  used: 'last used {{time}}',
  end: 'End',
  endOthers: 'End all others',
  endOthersSure: 'All sessions but this one end at once.',
};
