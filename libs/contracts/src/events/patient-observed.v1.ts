import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, LocalPatientKey, Uid } from '../identifiers.js';

/** A person's name as a device wrote it (PS3.5 section 6.2.1, VR PN), decoded, its component groups kept apart. */
export const ObservedName = z.object({
  alphabetic: z.string().max(324).optional(),
  ideographic: z.string().max(324).optional(),
  phonetic: z.string().max(324).optional(),
  charsetGuessed: z.boolean().describe('The declared character set could not be right, so another was used'),
});

export const PatientObservedV1 = defineHospitalEvent({
  type: 'patient.observed.v1',
  key: (data) => data.patient.id,
  emitted:
    'Emitted by a gateway when the first instance of a study is durable in its spool, and again when later instances of it describe the patient differently.',
  data: z.object({
    hospital: HospitalCode,
    patient: LocalPatientKey,
    name: ObservedName,
    birthDate: z.string().max(32).describe('Patient Birth Date (0010,0030) as received; may be empty'),
    sex: z.string().max(16).describe('Patient Sex (0010,0040) as received; may be empty'),
    otherIds: z
      .array(z.object({ id: z.string().max(128), issuer: z.string().max(64) }))
      .max(16)
      .describe('Other Patient IDs (0010,1000) and Other Patient IDs Sequence (0010,1002)'),
    studyInstanceUid: Uid,
    observedAt: Instant,
  }),
});
