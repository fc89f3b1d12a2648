import { plain } from '@yinglian/names';

// PS3.3 C.2.3, GB/T 2261.1, and words.
const SEXES: Readonly<Record<string, string>> = {
  M: 'M',
  F: 'F',
  O: 'O',
  '1': 'M',
  '2': 'F',
  男: 'M',
  女: 'F',
  男性: 'M',
  女性: 'F',
  MALE: 'M',
  FEMALE: 'F',
};

/** M, F or O; empty when not stated. */
export const readSex = (text: string): string => SEXES[plain(text)] ?? '';
