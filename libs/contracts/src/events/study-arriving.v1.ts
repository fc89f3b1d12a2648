import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, LocalPatientKey, Uid } from '../identifiers.js';

export const StudyArrivingV1 = defineHospitalEvent({
  type: 'study.arriving.v1',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted by a gateway when the first instance of a study is durable in its spool, before any pack is uploaded.',
  data: z.object({
    hospital: HospitalCode,
    studyInstanceUid: Uid,
    patient: LocalPatientKey,
    studyDate: z.string().max(32).describe('Study Date (0008,0020) as received; may be empty'),
    studyTime: z.string().max(32).describe('Study Time (0008,0030) as received; may be empty'),
    accessionNumber: z.string().max(64).describe('Accession Number (0008,0050) as received; may be empty'),
    modality: z.string().max(16).describe('Modality (0008,0060) of the first instance'),
    bodyPart: z.string().max(64).describe('Body Part Examined (0018,0015) of the first instance; may be empty'),
    description: z.string().max(256).describe('Study Description (0008,1030); may be empty'),
    arrivedAt: Instant,
  }),
});
