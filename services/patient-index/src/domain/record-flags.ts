import { bareNumberOf, isResidentId } from './identity/strong-numbers.js';
import type { PersonName } from './person-name.js';

interface Flagged {
  readonly name: { readonly charsetGuessed: boolean };
  /** YYYYMMDD */
  readonly birthDate: string | null;
  readonly sex: string;
  /** Numbers that one person has. */
  readonly numbers: readonly string[];
}

/** What a steward should know before believing a statement, as stable codes. */
export function recordFlags({ name: observed, birthDate, sex, numbers }: Flagged, name: PersonName): string[] {
  const residentIds = numbers.filter(isResidentId).map(bareNumberOf);
  const flags: readonly (readonly [string, boolean])[] = [
    ['NEWBORN', name.newborn],
    ['CHARSET_GUESSED', observed.charsetGuessed],
    ['NAME_LOST_CHARACTERS', name.han.some((han) => han.includes('?'))],
    ['SEVERAL_RESIDENT_IDS', residentIds.length > 1],
    ['BIRTH_DATE_CONTRADICTS_ID', residentIds.some((id) => birthDate !== null && id.slice(6, 14) !== birthDate)],
    ['SEX_CONTRADICTS_ID', residentIds.some((id) => ['M', 'F'].includes(sex) && sexWithin(id) !== sex)],
  ];
  return flags.flatMap(([flag, holds]) => (holds ? [flag] : []));
}

// GB 11643-1999: the sequence number is odd for men.
const sexWithin = (residentId: string): string => (Number(residentId[16]) % 2 === 1 ? 'M' : 'F');
