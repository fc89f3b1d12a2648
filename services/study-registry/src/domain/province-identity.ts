import type { DicomJson, DicomJsonElement } from '@yinglian/dicom';

/** Issuer of Patient ID (0010,0021) of the province's persons. */
export const PROVINCE_ISSUER = 'YINGLIAN';

/** What an answer may say instead of the hospital: Accession Number and its issuer, Patient ID and its issuer, Other Patient IDs. */
export const IDENTITY_TAGS = ['00080050', '00080051', '00100020', '00100021', '00101002'] as const;

/** Who a study's patient is: to the province, and to the hospital that made it. */
export interface StudyIdentity {
  readonly hospital: string;
  /** Null while the hospital's patient is linked to nobody. */
  readonly personId: string | null;
  readonly patientIssuer: string;
  readonly patientId: string;
  readonly accessionNumber: string;
}

const one = (vr: string, value: unknown): DicomJsonElement => (value === '' ? { vr } : { vr, Value: [value] });

/** A hospital's identifiers carry it as their issuer: no number is one of the province by itself. */
export const issuerOf = ({ hospital, patientIssuer }: StudyIdentity) =>
  patientIssuer === '' ? hospital : `${hospital}:${patientIssuer}`;

/**
 * The elements by which answers in JSON identify the patient and the order (ADR 0004): the person as Patient ID, the
 * hospital's number in Other Patient IDs Sequence (0010,1002), the accession number with its issuer (0008,0051).
 */
export function identityElements(study: StudyIdentity): DicomJson {
  const localId = { '00100020': one('LO', study.patientId), '00100021': one('LO', issuerOf(study)) };
  return {
    '00080050': one('SH', study.accessionNumber),
    ...(study.accessionNumber === ''
      ? {}
      : { '00080051': { vr: 'SQ', Value: [{ '00400031': one('UT', study.hospital) }] } }),
    '00100020': one('LO', study.personId ?? ''),
    '00100021': one('LO', study.personId === null ? '' : PROVINCE_ISSUER),
    '00101002': { vr: 'SQ', Value: [localId] },
  };
}

/** An instance's elements as the hospital sent them, under the province's identity, in the order of their tags. */
export const withIdentity = (metadata: DicomJson, identity: DicomJson): DicomJson =>
  Object.fromEntries(Object.entries({ ...metadata, ...identity }).sort(([a], [b]) => (a < b ? -1 : 1)));
