import { type Separators, type WrittenValue, writeField } from '@yinglian/hl7';
import type { PersonView } from '../find-persons/present-persons.js';
import { partsOfHan } from '../serve-fhir/human-name.js';
import { identifierOf } from '../serve-pix/assigning-authorities.js';
import type { PersonIdentifier } from '../serve-pix/identifiers-of-person.js';

/** PID of a person who was found (ITI TF-2 section 3.21.4.2.2.6). */
export const personSegment = (
  { name, otherNames, birthDate, sex }: PersonView,
  sequence: number,
  identifiers: readonly PersonIdentifier[],
  separators: Separators,
): string[] => [
  'PID',
  String(sequence),
  '',
  writeField(identifiers.map(identifierOf), separators),
  '',
  writeField([name, ...otherNames].filter((text) => text !== '').map(nameOf), separators),
  '',
  birthDate ?? '',
  SEXES[sex] ?? 'U',
];

/** HL7 table 0001. */
const SEXES: Readonly<Record<string, string>> = { M: 'M', F: 'F', O: 'O' };

/** XPN (HL7 2.5.1 section 2.A.89): family, given, type L of the legal name, and in what it is written (table 0465). */
function nameOf(text: string): WrittenValue {
  const isHan = /\p{Script=Han}/u.test(text);
  const { family, given } = isHan ? partsOfHan(text) : partsOfLatin(text);
  const [first = '', ...further] = given;
  // A name whose parts nobody told is a family name here: a consumer that shows XPN.1 and XPN.2 shows all of it.
  const [one, two] = family === '' ? [text, ''] : [family, first];
  return [one, two, further.join(' '), '', '', '', 'L', isHan ? 'I' : 'A'];
}

function partsOfLatin(text: string): { family: string; given: readonly string[] } {
  const [family = '', ...given] = text.split(' ');
  return { family, given };
}
