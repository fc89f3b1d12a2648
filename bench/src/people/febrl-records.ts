import { createHash } from 'node:crypto';
import type { Patient } from '@yinglian/fhir';
import type { FebrlPerson } from '@yinglian/testing';
import type { ObservedRecord, PatientData } from './observed-record.js';

export const FEBRL_HOSPITAL = 'FEBRL';
const OBSERVED_AT = '2026-01-01T00:00:00.000Z';
/** HL7 v2 table 0203. */
const SOCIAL_SECURITY_NUMBER = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'SS' }] };

/** A record of the public labelled set as a gateway would tell of it: its social security number is one of an insurance. */
export function febrlRecord(person: FebrlPerson): ObservedRecord {
  const { surname, given_name: given, soc_sec_id: insurance } = person;
  return {
    truth: Number(person.person),
    slips: [],
    completed: null,
    data: {
      hospital: FEBRL_HOSPITAL,
      patient: { hospital: FEBRL_HOSPITAL, issuer: '', id: localNumberOf(person) },
      name: { alphabetic: `${surname}^${given}`, charsetGuessed: false },
      birthDate: person.date_of_birth,
      sex: '',
      otherIds: insurance === '' ? [] : [{ id: insurance, issuer: '', type: 'INSURANCE' }],
      phones: [],
      addresses: [addressOf(person)],
      mother: null,
      birthOrder: null,
      studyInstanceUid: null,
      observedAt: OBSERVED_AT,
    },
  };
}

/** The same as one asks for a match with it, who does not know the hospital's number. */
export function febrlPatient(person: FebrlPerson): Patient {
  const { surname: family, given_name: given, date_of_birth: date, soc_sec_id: value } = person;
  const { lines: line, ...places } = addressOf(person);
  return {
    resourceType: 'Patient',
    ...(value === '' ? {} : { identifier: [{ type: SOCIAL_SECURITY_NUMBER, value }] }),
    name: [{ family, given: [given] }],
    ...(date === '' ? {} : { birthDate: date.replace(/^(....)(..)(..)$/, '$1-$2-$3') }),
    address: [{ line, ...places }],
  };
}

/** The set's own record id begins with the label. */
const localNumberOf = ({ record_id: id }: FebrlPerson): string =>
  createHash('sha256').update(id).digest('hex').slice(0, 12).toUpperCase();

/** A suburb is the city, as Australia's addresses have it; `address_2` names a building or an estate within it. */
const addressOf = (person: FebrlPerson): PatientData['addresses'][number] => ({
  lines: [`${person.street_number} ${person.address_1}`.trim()],
  district: person.address_2,
  city: person.suburb,
  state: person.state,
  postalCode: person.postcode,
});
