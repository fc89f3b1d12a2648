import type { LocalPatientKey } from '@yinglian/contracts';
import type { InstanceSummary } from './instance-summary.js';

/**
 * How the hospital knows the patient of an instance. Images without Patient ID are nobody's but their study's: the study
 * itself stands in for the patient, so that two of them are never taken for one person.
 */
export function localPatientKey(
  hospital: string,
  { patient, studyInstanceUid }: Pick<InstanceSummary, 'patient' | 'studyInstanceUid'>,
): LocalPatientKey {
  return patient.id === ''
    ? { hospital, issuer: 'study', id: studyInstanceUid }
    : { hospital, issuer: patient.issuer.slice(0, 64), id: patient.id.slice(0, 128) };
}
