import type { DescribedPatient } from './facts.js';
import type { FieldReader } from './field-reader.js';
import { readBirthOrder, readMother } from './read-birth.js';
import { readAddresses, readPhones } from './read-contacts.js';
import { readName } from './read-name.js';
import { readNumbers } from './read-numbers.js';

/** The patient whom a message is about. */
export function readPatient(fields: FieldReader, charsetGuessed: boolean): DescribedPatient {
  const id = fields.required('patientId', 'PATIENT_ID_MISSING');
  return {
    issuer: fields.text('patientIdIssuer') || fields.settings.issuerOfPatientId,
    id,
    description: {
      name: { ...readName(fields), charsetGuessed },
      birthDate: fields.text('birthDate').slice(0, 8),
      sex: sexOf(fields),
      otherIds: readNumbers(fields, id),
      phones: readPhones(fields),
      addresses: readAddresses(fields),
      mother: readMother(fields),
      birthOrder: readBirthOrder(fields),
    },
  };
}

/** A sex that no table knows is not known; it holds nothing up. */
function sexOf(fields: FieldReader): string {
  const noted = fields.problems.length;
  const sex = fields.code('sex') ?? '';
  fields.problems.splice(noted);
  return sex;
}
