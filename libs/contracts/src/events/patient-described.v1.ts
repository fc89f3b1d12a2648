import { defineEvent } from '../event-definition.js';
import { Uid } from '../identifiers.js';
import { PatientObservedV3 } from './patient-observed.v3.js';

export const PatientDescribedV1 = defineEvent({
  type: 'patient.described.v1',
  topic: 'studies',
  key: (data) => data.patient.id,
  emitted:
    'Emitted by the registry when images that a hospital’s program stored at it (STOW-RS) describe the patient of a study for the first time, or otherwise than those before. It may be said again.',
  data: PatientObservedV3.data.extend({ studyInstanceUid: Uid }),
});
