import type { Messages } from '../zh.js';

export const complaints: Messages['complaints'] = {
  open: 'This is wrong',
  title: 'What is wrong about this look?',
  hint: 'An auditor looks into it and answers you in writing.',
  reason: 'Please say',
  placeholder: 'For instance: I have never been to this hospital',
  submit: 'Send',
  done: 'Noted: an auditor looks into it',
};
