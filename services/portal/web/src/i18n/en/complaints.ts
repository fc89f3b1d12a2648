import type { Messages } from '../zh.js';

export const complaints: Messages['complaints'] = {
  open: 'This is wrong',
  title: 'What is wrong about this look?',
  hint: 'An auditor looks into it and answers you in writing.',
  reason: 'Please say',
  placeholder: 'For instance: I have never been to this hospital',
  submit: 'Send',
  done: 'Noted: an auditor looks into it',
  list: 'What I said is wrong',
  states: { received: 'Received', examined: 'Being looked into', answered: 'Answered' },
  means: {
    received: 'An auditor looks into it and answers you here.',
    examined: 'An auditor is looking into it. The answer comes here.',
    again: 'The finding has changed, and it is looked into again. A new answer comes here.',
  },
  verdicts: {
    unfounded: 'Not justified: the look kept the rules',
    improper: 'Justified: the look did not keep the rules',
    unlawful: 'Justified: the look did not keep the law',
  },
  follows: {
    unfounded: 'There was a proper reason to look. The record of it stays.',
    improper: 'The hospital has to act on it.',
    unlawful: 'It has been passed on to be dealt with by the law.',
  },
};
