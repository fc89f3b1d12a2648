import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, LocalPatientKey } from '../identifiers.js';
import { LocalCode } from './hospital-facts.js';

export const ReferralRecordedV1 = defineHospitalEvent({
  type: 'referral.recorded.v1',
  key: (data) => data.patient.id,
  emitted:
    'Emitted by a gateway for each hospital that a REF message of HIS refers a patient to, or no longer does (I12, I13, I14).',
  data: z.object({
    hospital: HospitalCode.describe('The one that refers'),
    patient: LocalPatientKey,
    referralId: LocalCode.describe("The referring hospital's number of the referral (RF1-6)"),
    referredTo: HospitalCode,
    status: z.enum(['active', 'ended', 'cancelled']),
    effectiveAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    recordedAt: Instant.describe('When the sender says that it happened, or else when the message came'),
  }),
});
