import type { EventData, HospitalChangedV1 } from '@yinglian/contracts';
import type { ProblemType } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { Hospital } from '../domain/hospital.js';
import { violatedConstraint } from '../storage/violated-constraint.js';

/** What the others are told of a hospital. */
export const hospitalEvent = (hospital: Hospital): EventData<typeof HospitalChangedV1> => ({
  hospital: hospital.code,
  name: hospital.name,
  level: hospital.level,
  callingAeTitles: [...hospital.callingAeTitles],
  version: hospital.version,
  changedAt: hospital.changedAt.toISOString(),
});

/** What a hospital's code or its gateway's AE title was refused for; undefined for any other error. */
export function takenProblem(error: unknown): ProblemType | undefined {
  const constraint = violatedConstraint(error);
  if (constraint === 'hospitals_pkey') return directoryProblems.HOSPITAL_CODE_TAKEN;
  return constraint === 'hospitals_ae_title' ? directoryProblems.AE_TITLE_TAKEN : undefined;
}
