import { personName } from '../character-sets/person-name.js';

/** A PN value in the DICOM JSON model (PS3.18 section F.2.2). */
export function personNameJson(value: string): Record<string, string> {
  const { alphabetic, ideographic, phonetic } = personName(value);
  return {
    ...(alphabetic === undefined ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === undefined ? {} : { Ideographic: ideographic }),
    ...(phonetic === undefined ? {} : { Phonetic: phonetic }),
  };
}
