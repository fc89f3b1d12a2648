import type { Messages } from '../zh.js';

export const persons: Messages['persons'] = {
  title: 'Find a patient',
  hint: 'Name, pinyin or initials, ID number, date of birth, hospital number',
  recognised: 'Searching by {{kind}}',
  kinds: { idNumber: 'ID number', name: 'name', birthDate: 'date of birth', localId: 'hospital number' },
  tryAs: 'Search by {{kind}} instead',
  advanced: 'More criteria',
  fields: {
    idNumber: 'ID number',
    name: 'Name / pinyin',
    birthDate: 'Date of birth',
    hospital: 'Hospital',
    localId: 'Hospital number',
  },
  found: '{{count}} patients',
  found_one: '{{count}} patient',
  foundMore: 'More than {{count}}',
  none: 'No patient matches',
  noneHint: 'Check the spelling or the number, or try date of birth with the family name.',
  start: 'Find a patient',
  startHint: 'Every search is recorded.',
  age: '{{age}} y',
  unnamed: '(no name)',
};
