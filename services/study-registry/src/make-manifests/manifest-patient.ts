import {
  fhirDate,
  type HumanName,
  type Identifier,
  type Patient,
  PERSON_SYSTEM,
  systemOfHospital,
} from '@yinglian/fhir';
import type { StudyRow } from '../storage/study-row.js';

const GENDERS: Readonly<Record<string, Patient['gender']>> = { M: 'male', F: 'female', O: 'other' };

/** The patient as the study names them, as searches of DICOMweb tell it. */
export function manifestPatient(study: StudyRow): Patient {
  const { person_id: personId, hospital, patient_issuer: issuer, patient_id: id } = study;
  const identifier: Identifier[] = [
    ...(personId === null ? [] : [{ system: PERSON_SYSTEM, value: personId }]),
    { system: systemOfHospital({ hospital, issuer }), value: id, assigner: { display: hospital } },
  ];
  const name = namesOf(study.patient_name);
  const gender = GENDERS[study.patient_sex];
  const birthDate = /^\d{8}$/.test(study.patient_birth_date) ? fhirDate(study.patient_birth_date) : null;
  return {
    resourceType: 'Patient',
    ...(personId === null ? {} : { id: personId }),
    identifier,
    ...(name.length === 0 ? {} : { name }),
    ...(gender === undefined ? {} : { gender }),
    ...(birthDate === null || Number.isNaN(Date.parse(birthDate)) ? {} : { birthDate }),
  };
}

/** A name a component group of the PN value (PS3.5 section 6.2.1.2). */
const namesOf = (patientName: string): HumanName[] =>
  patientName.split('=').flatMap((group): HumanName[] => {
    const [family = '', ...given] = group.split('^').map((part) => part.trim());
    const others = given.filter((part) => part !== '');
    const text = [family, ...others].filter((part) => part !== '').join(' ');
    if (text === '') return [];
    return [{ text, ...(family === '' ? {} : { family }), ...(others.length === 0 ? {} : { given: others }) }];
  });
