import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, LocalPatientKey } from '../identifiers.js';
import { LocalCode } from './hospital-facts.js';

export const EncounterRecordedV1 = defineHospitalEvent({
  type: 'encounter.recorded.v1',
  key: (data) => data.patient.id,
  emitted:
    'Emitted by a gateway for each ADT message of HIS that begins, changes, ends or cancels a visit (A01, A03, A04, A08, A11).',
  data: z.object({
    hospital: HospitalCode,
    patient: LocalPatientKey,
    encounterId: LocalCode.describe("The hospital's number of the visit (PV1-19)"),
    encounterClass: z.enum(['inpatient', 'outpatient', 'emergency', 'checkup', 'other']),
    status: z.enum(['active', 'ended', 'cancelled']),
    department: LocalCode.nullable().describe(
      'Code of the department in the hospital (PV1-3), by the hospital’s table',
    ),
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    recordedAt: Instant.describe('When the sender says that it happened, or else when the message came'),
  }),
});
