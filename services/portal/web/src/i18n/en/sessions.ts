import type { Messages } from '../zh.js';

export const sessions: Messages['sessions'] = {
  title: 'Where you are signed in',
  why: 'Something you do not know? End it at once and change your password.',
  thisOne: 'This session',
  program: 'A command line or another program',
  on: '{{browser}} on {{system}}',
  since: 'since {{time}}',
  used: 'last used {{time}}',
  end: 'End',
  endOthers: 'End all others',
  endOthersSure: 'All sessions but this one end at once.',
};
