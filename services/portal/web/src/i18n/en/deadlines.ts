import type { Messages } from '../zh.js';

export const deadlines: Messages['deadlines'] = {
  title: 'Deadlines',
  priority: 'Priority',
  priorities: { urgent: 'Urgent', routine: 'Routine' },
  minutes: 'Minutes from performed to registered',
  within: 'within {{count}} minutes',
  within_one: 'within {{count}} minute',
  validFrom: 'Valid from',
  from: 'from {{day}} on',
  source: 'Source',
  sourceHint: 'Name or number of the notice',
  preset: 'Preset of the system; no notice says so',
  saved: 'Saved. Gateways hear of it within seconds.',
};
