import type { WrittenElement } from '@yinglian/dicom';
import { PERSON_SYSTEM, systemOfHospital } from '@yinglian/fhir';
import { localDay } from '../domain/local-time.js';
import { DATE, TIME } from '../domain/matching.js';
import { issuerOf, PROVINCE_ISSUER } from '../domain/province-identity.js';
import { identityOf } from '../find-studies/study-json.js';
import { accessionSystemOf } from '../serve-imaging-studies/identifier-systems.js';
import type { StudyRow } from '../storage/study-row.js';
import { type Code, codeItem, text } from './content-items.js';
import { derivedUid, type Manifest } from './manifest.js';

type Item = readonly WrittenElement[];

export const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59';

/**
 * All of a Key Object Selection Document (PS3.3 section A.35.4) before its evidence, in the order of the tags: under the province's
 * identity, as answers in JSON are (ADR 0004).
 */
export function manifestHeader(manifest: Manifest, sopInstanceUid: string, title: Code): WrittenElement[] {
  const { study, updatedAt, utcOffset, institution } = manifest;
  const at = { date: localDay(updatedAt.getTime(), utcOffset), time: localTime(updatedAt, utcOffset) };
  const accession = study.accession_number.trim();
  const issuerOfAccession = sequence(0x00080051, [entity(accessionSystemOf(study.hospital))]);
  const elements: WrittenElement[] = [
    { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
    { tag: 0x00080016, vr: 'UI', value: KEY_OBJECT_SELECTION },
    { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
    { tag: 0x00080020, vr: 'DA', value: valid(study.study_date, DATE) },
    { tag: 0x00080023, vr: 'DA', value: at.date },
    { tag: 0x00080030, vr: 'TM', value: valid(study.study_time, TIME) },
    { tag: 0x00080033, vr: 'TM', value: at.time },
    text(0x00080050, 'SH', accession),
    ...(accession === '' ? [] : [issuerOfAccession]),
    { tag: 0x00080060, vr: 'CS', value: 'KO' },
    { tag: 0x00080070, vr: 'LO', value: 'Yinglian' },
    text(0x00080080, 'LO', institution),
    text(0x00080090, 'PN', study.referring_physician),
    { tag: 0x00080201, vr: 'SH', value: utcOffset.replace(':', '') },
    ...(study.description === '' ? [] : [text(0x00081030, 'LO', study.description)]),
    sequence(0x00081111, []),
    ...patient(study),
    { tag: 0x0020000d, vr: 'UI', value: study.study_uid },
    { tag: 0x0020000e, vr: 'UI', value: derivedUid(`manifests of ${study.study_uid}`) },
    text(0x00200010, 'SH', study.study_id),
    { tag: 0x00200011, vr: 'IS', value: '1' },
    { tag: 0x00200013, vr: 'IS', value: String(Math.max(study.version, 1)) },
    { tag: 0x0040a040, vr: 'CS', value: 'CONTAINER' },
    sequence(0x0040a043, [codeItem(title)]),
    { tag: 0x0040a050, vr: 'CS', value: 'SEPARATE' },
    ...(accession === '' ? [] : [sequence(0x0040a370, [request(study.study_uid, accession, issuerOfAccession)])]),
  ];
  return elements;
}

/** Content Template Sequence: the template of the content that follows. */
export const CONTENT_TEMPLATE: WrittenElement = {
  tag: 0x0040a504,
  vr: 'SQ',
  value: [
    [
      { tag: 0x00080105, vr: 'CS', value: 'DCMR' },
      { tag: 0x0040db00, vr: 'CS', value: '2010' },
    ],
  ],
};

/** What a device wrote as something else is left out: the manifest is the province's, and valid. */
const valid = (value: string, form: RegExp): string => (form.test(value) ? value : '');

const sequence = (tag: number, value: readonly Item[]): WrittenElement => ({ tag, vr: 'SQ', value });

/** HL7v2 Hierarchic Designator Macro (PS3.3 table 10-17): whoever gives out identifiers, by the system that FHIR knows. */
const entity = (system: string): Item => [
  { tag: 0x00400032, vr: 'UT', value: system },
  { tag: 0x00400033, vr: 'CS', value: 'URI' },
];

interface PatientId {
  readonly id: string;
  readonly issuer: string;
  readonly system: string;
}

/** The person, or the hospital's patient while nobody is linked; all ids are among the others (MADO section 6.X.2.5.2). */
function patient(study: StudyRow): WrittenElement[] {
  const { hospital, patient_issuer: issuer, patient_id: id, person_id: personId } = study;
  const local = { id, issuer: issuerOf(identityOf(study)), system: systemOfHospital({ hospital, issuer }) };
  const person = personId === null ? [] : [{ id: personId, issuer: PROVINCE_ISSUER, system: PERSON_SYSTEM }];
  const all: PatientId[] = [...person, local];
  const [idElement, issuerElement, qualifiers] = patientId(all[0] ?? local);
  return [
    text(0x00100010, 'PN', study.patient_name),
    idElement,
    issuerElement,
    qualifiers,
    { tag: 0x00100030, vr: 'DA', value: valid(study.patient_birth_date, DATE) },
    { tag: 0x00100040, vr: 'CS', value: valid(study.patient_sex, /^[MFO]$/) },
    sequence(0x00101002, all.map(otherId)),
  ];
}

const patientId = ({ id, issuer, system }: PatientId) =>
  [text(0x00100020, 'LO', id), text(0x00100021, 'LO', issuer), sequence(0x00100024, [entity(system)])] as const;

const otherId = (other: PatientId): Item => {
  const [id, issuer, qualifiers] = patientId(other);
  return [id, issuer, { tag: 0x00100022, vr: 'CS', value: 'TEXT' }, qualifiers];
};

/** Referenced Request Macro (PS3.3 table C.17-3c): what the registry does not know of the order is empty. */
const request = (studyUid: string, accession: string, issuer: WrittenElement): Item => [
  text(0x00080050, 'SH', accession),
  issuer,
  sequence(0x00081110, []),
  { tag: 0x0020000d, vr: 'UI', value: studyUid },
  { tag: 0x00321060, vr: 'LO', value: '' },
  sequence(0x00321064, []),
  { tag: 0x00401001, vr: 'SH', value: '' },
  { tag: 0x00402016, vr: 'LO', value: '' },
  { tag: 0x00402017, vr: 'LO', value: '' },
];

const localTime = (at: Date, utcOffset: string): string => {
  const day = Date.parse(
    `${localDay(at.getTime(), utcOffset).replace(/^(....)(..)(..)$/, '$1-$2-$3')}T00:00:00${utcOffset}`,
  );
  return new Date(at.getTime() - day).toISOString().slice(11, 23).replaceAll(':', '');
};
