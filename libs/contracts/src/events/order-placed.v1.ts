import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, LocalPatientKey, Uid } from '../identifiers.js';
import { Confidentiality, ExamItem, LocalCode, OrderNumbers } from './hospital-facts.js';

export const OrderPlacedV1 = defineHospitalEvent({
  type: 'order.placed.v1',
  key: (data) => data.patient.id,
  emitted: 'Emitted by a gateway for each order in a message of HIS or RIS: placed, changed, performed or cancelled.',
  data: z.object({
    hospital: HospitalCode,
    patient: LocalPatientKey,
    ...OrderNumbers.shape,
    status: z.enum(['placed', 'changed', 'performed', 'cancelled']),
    item: ExamItem,
    modality: z.string().max(16).nullable(),
    bodyPart: z.string().max(64).nullable(),
    priority: z.enum(['urgent', 'routine']),
    department: LocalCode.nullable().describe('Code of the department that orders'),
    encounterId: LocalCode.nullable(),
    studyInstanceUid: Uid.nullable(),
    orderedAt: Instant.nullable(),
    performedAt: Instant.nullable(),
    confidentiality: Confidentiality.exactOptional().describe(
      'As the message says (ORC-28); absent where it says nothing',
    ),
    recordedAt: Instant.describe('When the sender says that it happened, or else when the message came'),
  }),
});
