import type { DicomJson, DicomJsonElement } from '@yinglian/dicom';
import { identityElements, type StudyIdentity } from '../domain/province-identity.js';
import type { StudyResultRow } from '../storage/study-row.js';

export const identityOf = (study: StudyResultRow): StudyIdentity => ({
  hospital: study.hospital,
  personId: study.person_id,
  patientIssuer: study.patient_issuer,
  patientId: study.patient_id,
  accessionNumber: study.accession_number,
});

/** An element without its value where there is none. */
export const element = (vr: string, value: string | number): DicomJsonElement =>
  value === '' ? { vr } : { vr, Value: [value] };

export const list = (vr: string, values: readonly string[]): DicomJsonElement =>
  values.length === 0 ? { vr } : { vr, Value: [...values] };

/** A study in the answer of a search (PS3.18 table 10.6.3-3). */
export function studyJson(study: StudyResultRow, dicomWebRoot: string): DicomJson {
  return {
    '00080005': element('CS', 'ISO_IR 192'),
    '00080020': element('DA', study.study_date),
    '00080030': element('TM', study.study_time),
    ...identityElements(identityOf(study)),
    '00080056': element('CS', 'ONLINE'),
    '00080061': list('CS', study.modalities),
    '00080080': element('LO', study.institution),
    '00080090': nameElement(study.referring_physician),
    '00081030': element('LO', study.description),
    '00081190': element('UR', `${dicomWebRoot}/studies/${study.study_uid}`),
    ...(study.timezone_offset === '' ? {} : { '00080201': element('SH', study.timezone_offset) }),
    '00100010': nameElement(study.patient_name),
    '00100030': element('DA', study.patient_birth_date),
    '00100040': element('CS', study.patient_sex),
    '0020000D': element('UI', study.study_uid),
    '00200010': element('SH', study.study_id),
    '00201206': element('IS', study.series_count),
    '00201208': element('IS', study.instance_count),
  };
}

/** A PN value (PS3.18 section F.2.2). */
function nameElement(value: string): DicomJsonElement {
  const [alphabetic = '', ideographic = '', phonetic = ''] = value.split('=');
  const name = {
    ...(alphabetic === '' ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === '' ? {} : { Ideographic: ideographic }),
    ...(phonetic === '' ? {} : { Phonetic: phonetic }),
  };
  return Object.keys(name).length === 0 ? { vr: 'PN' } : { vr: 'PN', Value: [name] };
}
