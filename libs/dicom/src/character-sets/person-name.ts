export interface PersonName {
  readonly alphabetic?: string;
  readonly ideographic?: string;
  readonly phonetic?: string;
}

const nameOf = (alphabetic: string, ideographic: string, phonetic: string): PersonName => ({
  ...(alphabetic === '' ? {} : { alphabetic }),
  ...(ideographic === '' ? {} : { ideographic }),
  ...(phonetic === '' ? {} : { phonetic }),
});

/** The component groups of a PN value (PS3.5 section 6.2.1.2), as the device placed them; empty groups are left out. */
export function personName(value: string): PersonName {
  const [alphabetic = '', ideographic = '', phonetic = ''] = value.split('=').map((group) => group.trim());
  return nameOf(alphabetic, ideographic, phonetic);
}
