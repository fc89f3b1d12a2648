import type { FebrlPerson } from '@yinglian/testing';
import type { ObservedRecord } from './observed-record.js';

const OBSERVED_AT = '2026-01-01T00:00:00.000Z';

/** A record of the public labelled set as a gateway would tell of it: its social security number is one of an insurance. */
export function febrlRecord(person: FebrlPerson): ObservedRecord {
  const { record_id: id, surname, given_name: given, soc_sec_id: insurance } = person;
  return {
    truth: Number(person.person),
    slips: [],
    data: {
      hospital: 'FEBRL',
      patient: { hospital: 'FEBRL', issuer: '', id },
      name: { alphabetic: `${surname}^${given}`, charsetGuessed: false },
      birthDate: person.date_of_birth,
      sex: '',
      otherIds: insurance === '' ? [] : [{ id: insurance, issuer: '', type: 'INSURANCE' }],
      phones: [],
      addresses: [
        {
          lines: [`${person.street_number} ${person.address_1}`, person.address_2],
          district: person.suburb,
          city: '',
          state: person.state,
          postalCode: person.postcode,
        },
      ],
      mother: null,
      birthOrder: null,
      studyInstanceUid: null,
      observedAt: OBSERVED_AT,
    },
  };
}
