import type { Messages } from '../zh.js';

export const approvals: Messages['approvals'] = {
  title: 'Approvals',
  hint: 'What gives somebody more takes two people: an administrator proposes it, a security administrator decides.',
  hintAdministrator:
    'What gives somebody more is decided by a security administrator. This is what waits, and what came of it.',
  lists: { waiting: 'Waiting', settled: 'Settled' },
  none: { waiting: 'Nothing waits', settled: 'Nothing was decided on yet' },
  commission: 'Health commission',
  noRole: 'No role',
  asks: '{{name}} ({{account}}) asked at {{at}}',
  until: 'Void unless approved by {{at}}',
  outdated: 'The account was changed since: it can only be refused',
  states: {
    approved: 'Approved by {{by}} at {{at}}',
    refused: 'Refused by {{by}} at {{at}}',
    withdrawn: 'Withdrawn by {{by}} at {{at}}',
    expired: 'Expired at {{at}}',
  },
  approve: 'Approve',
  approveSure: 'Approve what {{name}} is to have? It works at once.',
  refuse: 'Refuse',
  refuseTitle: 'Refuse the proposal for {{name}}',
  why: 'Why not',
  withdraw: 'Withdraw',
  withdrawSure: 'Withdraw this proposal?',
  aboutYou: 'This is about you: somebody else decides on it',
};
