import type { EventData, IdentifierType, LocalPatientKey, PatientObservedV3 } from '@yinglian/contracts';
import { dicomDate, PERSON_SYSTEM, RESIDENT_ID_SYSTEM, readSystem } from '@yinglian/fhir';
import type { AddressBody, IdentifierBody, NameBody, PatientBody } from './patient-body.js';

type Observed = EventData<typeof PatientObservedV3>;

/** HL7 v2 table 0203, http://terminology.hl7.org/CodeSystem/v2-0203: kinds of numbers as FHIR names them. */
const TYPES: Readonly<Record<string, IdentifierType>> = {
  NI: 'RESIDENT_ID',
  NNCHN: 'RESIDENT_ID',
  PPN: 'PASSPORT',
  PRC: 'PERMANENT_RESIDENCE',
  HC: 'HEALTH_CARD',
  JHN: 'HEALTH_CARD',
  SS: 'INSURANCE',
  MI: 'MILITARY',
  BCT: 'BIRTH_CERTIFICATE',
  MR: 'HOSPITAL',
  PI: 'HOSPITAL',
};
const SEXES: Readonly<Record<string, string>> = { male: 'M', female: 'F', other: 'O' };

/** What a Patient says, as a gateway would tell it of its hospital's patient. */
export function observedPatient(body: PatientBody, patient: LocalPatientKey, at: Date): Observed {
  const others = body.identifier.filter((identifier) => !isOf(identifier, patient));
  return {
    hospital: patient.hospital,
    patient,
    name: nameOf(body.name),
    birthDate: dicomDate(body.birthDate ?? ''),
    sex: SEXES[body.gender ?? ''] ?? '',
    otherIds: others.flatMap((identifier) => otherIdOf(identifier) ?? []).slice(0, 16),
    phones: body.telecom
      .flatMap(({ system, value }) => (system === 'phone' && value !== undefined ? value.slice(0, 32) : []))
      .slice(0, 4),
    addresses: body.address.slice(0, 4).map(addressOf),
    mother: null,
    birthOrder: birthOrderOf(body),
    studyInstanceUid: null,
    observedAt: at.toISOString(),
  };
}

function isOf({ system = '', value }: IdentifierBody, patient: LocalPatientKey): boolean {
  const read = readSystem(system);
  return (
    read?.kind === 'hospital' &&
    read.hospital === patient.hospital &&
    read.issuer === patient.issuer &&
    value === patient.id
  );
}

/** The person's own id is the index's to give out, and proves nothing when a source sends it back. */
function otherIdOf({ system = '', value = '', type, assigner }: IdentifierBody): Observed['otherIds'][number] | null {
  if (value.trim() === '' || system === PERSON_SYSTEM) return null;
  const codes = type?.coding?.flatMap(({ code }) => code ?? []) ?? [];
  const known = readSystem(system);
  const stated = codes.flatMap((code) => TYPES[code] ?? [])[0] ?? 'UNKNOWN';
  const issuer = known?.kind === 'hospital' ? known.hospital : (assigner?.display ?? system);
  return {
    id: value.slice(0, 128),
    issuer: issuer.slice(0, 64),
    type: system === RESIDENT_ID_SYSTEM ? 'RESIDENT_ID' : known?.kind === 'hospital' ? 'HOSPITAL' : stated,
  };
}

/** Current names before old ones; in characters and in letters, as a PN has both (PS3.5 section 6.2). */
function nameOf(names: readonly NameBody[]): Observed['name'] {
  const inOrder = [...names.filter(({ use }) => use !== 'old'), ...names.filter(({ use }) => use === 'old')];
  const written = inOrder.map(writtenOf).filter((text) => text !== '');
  const ideographic = written.find(isHan);
  const alphabetic = written.find((text) => !isHan(text));
  return {
    ...(alphabetic === undefined ? {} : { alphabetic }),
    ...(ideographic === undefined ? {} : { ideographic }),
    charsetGuessed: false,
  };
}

function writtenOf({ text = '', family = '', given = [] }: NameBody): string {
  const parts = [family, given.join(' ')].map((part) => part.replaceAll('^', ' ').trim());
  const written = parts.every((part) => part === '') ? text.replaceAll('^', ' ') : parts.join('^').replace(/\^$/, '');
  return written.trim().slice(0, 324);
}

const isHan = (text: string) => /\p{Script=Han}/u.test(text);

const addressOf = ({ line, text, district = '', city = '', state = '', postalCode = '' }: AddressBody) => ({
  lines: line ?? (text === undefined ? [] : [text]),
  district,
  city,
  state,
  postalCode,
});

const birthOrderOf = ({ multipleBirthInteger: order }: PatientBody): number | null =>
  order !== undefined && order >= 1 && order <= 16 ? order : null;
