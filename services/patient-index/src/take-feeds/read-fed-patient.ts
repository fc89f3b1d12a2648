import { type EventData, IDENTIFIER_TYPES, type PatientObservedV3 } from '@yinglian/contracts';
import {
  ADDRESS_USES,
  addressesIn,
  birthOrderIn,
  type Components,
  firstOf,
  type Message,
  MULTIPLE_BIRTHS,
  meaningOf,
  motherIn,
  namesIn,
  numberIn,
  otherNumbers,
  phonesIn,
  type SaidNumber,
  SEXES,
  type Segment,
} from '@yinglian/hl7';
import { valuesIn } from '../serve-pix/pix-message.js';

export type FedPatient = EventData<typeof PatientObservedV3>;
type Description = Omit<FedPatient, 'hospital' | 'patient' | 'studyInstanceUid' | 'observedAt'>;

/** What a PID segment says of a patient (ITI TF-2 section 3.8.4.1.2.3, HL7 2.5.1 section 3.4.2). */
export function readDescription(
  message: Message,
  pid: Segment,
  patientId: string,
  charsetGuessed: boolean,
): Description {
  const values = (field: number) => valuesIn(message, [pid], 'PID', field);
  const multipleBirth = meaningOf(MULTIPLE_BIRTHS, firstOf(values(24)));
  return {
    name: { ...namesIn(values(5)), charsetGuessed },
    birthDate: firstOf(values(7)).slice(0, 8),
    sex: meaningOf(SEXES, firstOf(values(8)).toUpperCase()) ?? '',
    otherIds: otherNumbers(numbersIn(values(3), values(19)), patientId),
    phones: phonesIn([...values(13), ...values(14)]),
    addresses: addressesIn(values(11), (code) => meaningOf(ADDRESS_USES, code)),
    mother: motherIn(values(21), values(6)),
    birthOrder: birthOrderIn(multipleBirth, values(25)),
  };
}

/** PID-19 holds the resident id by habit, or the number of whatever document there is. */
const numbersIn = (listed: readonly Components[], residentIds: readonly Components[]): SaidNumber[] => [
  { id: firstOf(residentIds), issuer: '', type: 'UNKNOWN' },
  ...listed.map((value) => numberIn(value, (code) => meaningOf(IDENTIFIER_TYPES, code))),
];
