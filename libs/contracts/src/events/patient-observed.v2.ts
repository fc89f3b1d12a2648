import { defineHospitalEvent } from '../event-definition.js';
import { Uid } from '../identifiers.js';
import { PatientObservedV1 } from './patient-observed.v1.js';

export const PatientObservedV2 = defineHospitalEvent({
  type: 'patient.observed.v2',
  key: (data) => data.patient.id,
  emitted:
    'Emitted by a gateway when a message of HIS or RIS describes a patient for the first time, or otherwise than the last one did.',
  data: PatientObservedV1.data.extend({
    studyInstanceUid: Uid.nullable().describe('The study that describes the patient; null when a message does'),
  }),
});
