import type { Messages } from '../zh.js';

export const conflicts: Messages['conflicts'] = {
  title: 'Identities',
  open: 'To decide',
  decided: 'Decided',
  kinds: {
    SHARED_ID: 'Same ID number, name and date of birth both differ',
    MANY_NAMES: 'One ID number under many names',
    LATE_ID: 'A later ID number belongs to somebody else',
    ID_CHANGED: 'Another ID number than before',
    SEVERAL_IDS: 'ID numbers of several people',
    HOSPITAL_MERGE: 'A hospital asks to merge what may be two',
    LIKELY_SAME: 'No number in common, but likely the same person',
  },
  nobody: 'Nobody holds this ID number now',
  agree: 'same',
  differ: 'different',
  unknown: 'cannot be compared',
  note: 'Grounds',
  noteNeeded: 'Write down the grounds',
  link: 'The same person: link',
  keepApart: 'Not the same person',
  linked: 'Linked',
  keptApart: 'Kept apart',
  decidedBy: '{{name}}, {{at}}',
  noneHint: 'Patients whose identity cannot be decided by rule appear here.',
};
