/** Codes of HL7 tables, and what Chinese senders write in their place, to what the province says. */

/** HL7 table 0001, and GB/T 2261.1. */
export const SEXES: Readonly<Record<string, 'M' | 'F' | 'O' | ''>> = {
  M: 'M',
  F: 'F',
  O: 'O',
  A: 'O',
  U: '',
  N: '',
  '0': '',
  '1': 'M',
  '2': 'F',
  '9': '',
  男: 'M',
  女: 'F',
  未知: '',
};

/** HL7 table 0190. */
export const ADDRESS_USES: Readonly<Record<string, 'home' | 'other'>> = {
  '': 'home',
  H: 'home',
  C: 'home',
  P: 'home',
  L: 'home',
  M: 'home',
  RH: 'home',
  B: 'other',
  O: 'other',
  BA: 'other',
  N: 'other',
  BDL: 'other',
  BR: 'other',
  F: 'other',
  现住址: 'home',
  家庭: 'home',
  户籍: 'home',
  单位: 'other',
  出生地: 'other',
  籍贯: 'other',
};

/** HL7 table 0136. */
export const MULTIPLE_BIRTHS: Readonly<Record<string, 'yes' | 'no'>> = {
  Y: 'yes',
  N: 'no',
  '1': 'yes',
  '0': 'no',
  是: 'yes',
  否: 'no',
};

/** What a code means by a table; undefined when the table does not know it. */
export const meaningOf = <Meaning>(table: Readonly<Record<string, Meaning>>, code: string): Meaning | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;
