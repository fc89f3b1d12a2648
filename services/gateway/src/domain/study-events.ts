import { type EventData, type PatientObservedV1, type StudyArrivingV1 } from '@yinglian/contracts';
import { type InstanceSummary, localPatientKey } from '@yinglian/dicom';

/** Longest texts that the events carry; devices send longer ones. */
const LONGEST_NAME = 324;

/** `patient.observed` from one instance. */
export function patientObserved(
  hospital: string,
  summary: InstanceSummary,
  observedAt: string,
): EventData<typeof PatientObservedV1> {
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
    otherIds: patient.otherIds.map(({ id, issuer }) => ({ id: id.slice(0, 128), issuer: issuer.slice(0, 64) })),
    studyInstanceUid,
    observedAt,
  };
}

/** `study.arriving` from the first instance. */
export function studyArriving(
  hospital: string,
  summary: InstanceSummary,
  arrivedAt: string,
): EventData<typeof StudyArrivingV1> {
  return {
    hospital,
    studyInstanceUid: summary.studyInstanceUid,
    patient: localPatientKey(hospital, summary),
    studyDate: summary.studyDate.slice(0, 32),
    studyTime: summary.studyTime.slice(0, 32),
    accessionNumber: summary.accessionNumber.slice(0, 64),
    modality: summary.modality.slice(0, 16),
    bodyPart: summary.bodyPart.slice(0, 64),
    description: summary.studyDescription.slice(0, 256),
    arrivedAt,
  };
}
