import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { PatientObservedV1 } from './patient-observed.v1.js';
import { PatientObservedV2 } from './patient-observed.v2.js';

/** Kinds of numbers that people are known by (WS 364, CV02.01.101, and what hospitals add). */
export const IdentifierType = z.enum([
  'RESIDENT_ID',
  'HONG_KONG_MACAO_PERMIT',
  'TAIWAN_PERMIT',
  'PERMANENT_RESIDENCE',
  'PASSPORT',
  'HEALTH_CARD',
  'INSURANCE',
  'MILITARY',
  'BIRTH_CERTIFICATE',
  'HOSPITAL',
  'UNKNOWN',
]);
export type IdentifierType = z.infer<typeof IdentifierType>;

/** Where a person lives (HL7 v2 XAD), as received. */
export const ObservedAddress = z.object({
  lines: z.array(z.string().max(256)).max(4).describe('Street, building and room; or the whole address in one line'),
  district: z.string().max(64),
  city: z.string().max(64),
  state: z.string().max(64),
  postalCode: z.string().max(16),
});

export const PatientObservedV3 = defineHospitalEvent({
  type: 'patient.observed.v3',
  key: (data) => data.patient.id,
  emitted:
    'Emitted by a gateway when a study or a message describes a patient for the first time, or otherwise than the last one did.',
  data: PatientObservedV2.data.extend({
    otherIds: z
      .array(
        PatientObservedV1.data.shape.otherIds.element.extend({
          type: IdentifierType.describe('UNKNOWN: as the number itself says'),
        }),
      )
      .max(16)
      .describe('Other numbers of the patient, each with who gave it out'),
    phones: z.array(z.string().max(32)).max(4),
    addresses: z.array(ObservedAddress).max(4),
    mother: z
      .object({ id: z.string().max(128), name: z.string().max(324) })
      .nullable()
      .describe("Of a newborn: the mother's number and name, as far as known"),
    birthOrder: z.number().int().positive().max(16).nullable().describe('Of a multiple birth; null when not stated'),
  }),
});
