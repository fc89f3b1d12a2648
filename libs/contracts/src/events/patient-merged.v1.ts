import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, LocalPatientKey } from '../identifiers.js';

export const PatientMergedV1 = defineHospitalEvent({
  type: 'patient.merged.v1',
  key: (data) => data.patient.id,
  emitted: 'Emitted by a gateway when HIS says that two of its patient numbers are one patient (ADT A40).',
  data: z.object({
    hospital: HospitalCode,
    patient: LocalPatientKey.describe('The number that goes on being used'),
    merged: LocalPatientKey.describe('The number that is given up'),
    mergedAt: Instant,
  }),
});
