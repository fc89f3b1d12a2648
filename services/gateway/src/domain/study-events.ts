import { type EventData, type StudyArrivingV1 } from '@yinglian/contracts';
import { type InstanceSummary, localPatientKey } from '@yinglian/dicom';

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
