import { type EventData, IDENTIFIER_TYPES, type PatientObservedV3 } from '@yinglian/contracts';
import type { InstanceSummary } from './instance-summary.js';
import { localPatientKey } from './local-patient-key.js';
import type { PatientIdentity } from './patient-identity.js';

/** Longest texts that the events carry; devices send longer ones. */
const LONGEST_NAME = 324;
const LONGEST_LINE = 256;
const [MOST_PHONES, LONGEST_PHONE] = [4, 32];

/** What one instance of a hospital says of its patient, as events tell it. */
export function patientObserved(
  hospital: string,
  summary: InstanceSummary,
  identity: PatientIdentity,
  observedAt: string,
): EventData<typeof PatientObservedV3> & { readonly studyInstanceUid: string } {
  const { patient, studyInstanceUid } = summary;
  const { alphabetic, ideographic, phonetic } = patient.name;
  const group = (name: string, value: string | undefined) =>
    value === undefined ? {} : { [name]: value.slice(0, LONGEST_NAME) };
  return {
    hospital,
    patient: localPatientKey(hospital, summary),
    name: {
      ...group('alphabetic', alphabetic),
      ...group('ideographic', ideographic),
      ...group('phonetic', phonetic),
      charsetGuessed: patient.charsetGuessed,
    },
    birthDate: patient.birthDate.slice(0, 32),
    sex: patient.sex.slice(0, 16),
    otherIds: otherIdsIn(identity),
    phones: identity.phones.filter(({ length }) => length <= LONGEST_PHONE).slice(0, MOST_PHONES),
    addresses: addressesIn(identity),
    mother: identity.motherName === '' ? null : { id: '', name: identity.motherName.slice(0, LONGEST_NAME) },
    birthOrder: null,
    studyInstanceUid,
    observedAt,
  };
}

const otherIdsIn = ({ otherIds }: PatientIdentity) =>
  otherIds.flatMap(({ id, issuer, typeCode }) => {
    const type = Object.hasOwn(IDENTIFIER_TYPES, typeCode) ? IDENTIFIER_TYPES[typeCode] : 'UNKNOWN';
    return type === undefined || type === '' ? [] : [{ id: id.slice(0, 128), issuer: issuer.slice(0, 64), type }];
  });

/** Patient's Address (0010,1040) is one line, in no order that is known. */
const addressesIn = ({ address }: PatientIdentity) =>
  address === ''
    ? []
    : [{ lines: [address.slice(0, LONGEST_LINE)], district: '', city: '', state: '', postalCode: '' }];
