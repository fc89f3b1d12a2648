import { createHash } from 'node:crypto';
import {
  type Extension,
  fhirDate,
  type Identifier,
  type Patient,
  type PatientLink,
  PERSON_SYSTEM,
  RESIDENT_ID_SYSTEM,
  systemOfHospital,
} from '@yinglian/fhir';
import { humanName } from './human-name.js';
import type { MergedPerson, PersonRecord } from './person-record.js';

const MEDICAL_RECORD_NUMBER = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR', display: 'Medical record number' }],
};
const GENDERS: Readonly<Record<string, Patient['gender']>> = { M: 'male', F: 'female', O: 'other' };

/** A person as FHIR R4 describes one: the persons that are one with them are `replaces` links. */
export function patientResource(record: PersonRecord): Patient {
  const { personId, name, otherNames, sex, birthDate, replaces, changedAt } = record;
  const names = [name, ...otherNames].filter((text) => text !== '');
  const gender = GENDERS[sex];
  return versioned(changedAt, {
    resourceType: 'Patient',
    id: personId,
    identifier: identifiersOf(record),
    active: true,
    ...(names.length === 0 ? {} : { name: names.map((text, at) => humanName(text, at === 0 ? 'official' : 'usual')) }),
    ...(gender === undefined ? {} : { gender }),
    ...(birthDate === null ? {} : { birthDate: fhirDate(birthDate) }),
    ...(replaces.length === 0 ? {} : { link: replaces.map((other) => linkTo(other, 'replaces')) }),
  });
}

/** A person for whom another one stands: inactive, with the way to that one (http://hl7.org/fhir/R4/patient.html#merge). */
export const mergedPatientResource = ({ personId, survivorId, changedAt }: MergedPerson): Patient =>
  versioned(changedAt, {
    resourceType: 'Patient',
    id: personId,
    identifier: [personIdentifier(personId, 'old')],
    active: false,
    link: [linkTo(survivorId, 'replaced-by')],
  });

/** The version follows from the content: whatever changes what a client sees changes it. */
function versioned(changedAt: Date, { resourceType, id, ...content }: Patient): Patient {
  const versionId = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
  return {
    resourceType,
    ...(id === undefined ? {} : { id }),
    meta: { versionId, lastUpdated: changedAt.toISOString() },
    ...content,
  };
}

function identifiersOf({ personId, patients, idNumberMasked }: PersonRecord): Identifier[] {
  return [
    personIdentifier(personId, 'official'),
    ...patients.map(
      (patient): Identifier => ({
        use: 'usual',
        type: MEDICAL_RECORD_NUMBER,
        system: systemOfHospital(patient),
        value: patient.id,
        assigner: { display: patient.issuer === '' ? patient.hospital : `${patient.hospital} ${patient.issuer}` },
      }),
    ),
    ...(idNumberMasked === null ? [] : [maskedResidentId(idNumberMasked)]),
  ];
}

const personIdentifier = (personId: string, use: Identifier['use'] & string): Identifier => ({
  use,
  system: PERSON_SYSTEM,
  value: personId,
});

/** A primitive without a value has its extensions beside it (http://hl7.org/fhir/R4/json.html#primitive). */
interface MaskedIdentifier extends Identifier {
  readonly _value: { readonly extension: readonly Extension[] };
}

/** Nobody is shown the number; who knows it recognises it (http://hl7.org/fhir/R4/extension-rendered-value.html). */
function maskedResidentId(masked: string): MaskedIdentifier {
  return {
    use: 'official',
    system: RESIDENT_ID_SYSTEM,
    _value: {
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' },
        { url: 'http://hl7.org/fhir/StructureDefinition/rendered-value', valueString: masked },
      ],
    },
  };
}

const linkTo = (personId: string, type: PatientLink['type']): PatientLink => ({
  other: { reference: `Patient/${personId}` },
  type,
});
