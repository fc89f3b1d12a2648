import { addressesIn, birthOrderIn, firstOf, motherIn, namesIn, phonesIn } from '@yinglian/hl7';
import type { DescribedPatient } from './facts.js';
import type { FieldReader } from './field-reader.js';
import { readNumbers } from './read-numbers.js';

/** The patient whom a message is about. */
export function readPatient(fields: FieldReader, charsetGuessed: boolean): DescribedPatient {
  const id = fields.required('patientId', 'PATIENT_ID_MISSING');
  const multipleBirth = fields.lookUp('multipleBirth', firstOf(fields.valuesOf('multipleBirth')));
  return {
    issuer: fields.text('patientIdIssuer') || fields.settings.issuerOfPatientId,
    id,
    description: {
      name: { ...namesIn(fields.valuesOf('patientName')), charsetGuessed },
      birthDate: fields.text('birthDate').slice(0, 8),
      sex: sexOf(fields),
      otherIds: readNumbers(fields, id),
      phones: phonesIn(fields.valuesOf('phones')),
      addresses: addressesIn(fields.valuesOf('addresses'), (code) => fields.lookUp('addressUse', code)),
      mother: motherIn(fields.valuesOf('motherId'), fields.valuesOf('motherName')),
      birthOrder: birthOrderIn(multipleBirth, fields.valuesOf('birthOrder')),
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
