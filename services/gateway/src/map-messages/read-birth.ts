import type { PatientDescription } from '../domain/patient-description.js';
import type { FactName } from './field-presets.js';
import type { FieldReader } from './field-reader.js';
import { nameIn } from './read-name.js';

const LONGEST_NUMBER = 128;
const HIGHEST_ORDER = 16;

/** Of a newborn, who has no number of its own yet: the mother. */
export function readMother(fields: FieldReader): PatientDescription['mother'] {
  const numbers = fields.valuesOf('motherId').map((value) => value(1));
  const id = numbers.find((number) => number !== '' && number.length <= LONGEST_NUMBER) ?? '';
  const name =
    fields
      .valuesOf('motherName')
      .map(nameIn)
      .find((text) => text !== '') ?? '';
  return id === '' && name === '' ? null : { id, name };
}

/** Which of several the patient was born as; null when it was one child, or nothing is said. */
export function readBirthOrder(fields: FieldReader): number | null {
  if (fields.lookUp('multipleBirth', firstOf(fields, 'multipleBirth')) === 'no') return null;
  const [, digits] = /^0*([1-9]\d?)(?:\.0*)?$/.exec(firstOf(fields, 'birthOrder')) ?? [];
  const order = Number(digits ?? 0);
  return order === 0 || order > HIGHEST_ORDER ? null : order;
}

const firstOf = (fields: FieldReader, fact: FactName) =>
  fields
    .valuesOf(fact)
    .map((value) => value(1))
    .find((text) => text !== '') ?? '';
