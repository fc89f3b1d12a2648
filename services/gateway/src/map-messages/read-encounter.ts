import type { EncounterFact, MergeFact } from './facts.js';
import type { FieldReader } from './field-reader.js';

/** What ADT trigger events do to a visit (HL7 2.5.1 chapter 3); null: it stays as it was. */
export const VISIT_EVENTS = {
  A01: 'active',
  A02: 'active',
  A03: 'ended',
  A04: 'active',
  A08: null,
  A11: 'cancelled',
  A13: 'active',
} as const;
export type VisitEvent = keyof typeof VISIT_EVENTS;

/** Trigger events that describe a patient and nothing else. */
export const PATIENT_EVENTS: readonly string[] = ['A28', 'A31'];

/** A40, and what it was before HL7 2.3.1 and still is with many senders (HL7 2.5.1 sections 3.3.18, 3.3.34 and 3.3.36). */
export const MERGE_EVENTS: readonly string[] = ['A18', 'A34', 'A36', 'A40'];

export const isVisitEvent = (trigger: string): trigger is VisitEvent => Object.hasOwn(VISIT_EVENTS, trigger);

/** The visit that a message begins, changes, ends or cancels; none when A08 describes only the patient. */
export function readEncounter(fields: FieldReader, trigger: VisitEvent, recordedAt: string): EncounterFact[] {
  const status = VISIT_EVENTS[trigger];
  const isPatientOnly = status === null && (fields.text('visitNumber') === '' || fields.text('patientClass') === '');
  if (isPatientOnly) return [];
  return [
    {
      kind: 'encounter',
      encounterId: fields.required('visitNumber', 'VISIT_NUMBER_MISSING'),
      encounterClass: fields.code('patientClass') ?? null,
      status,
      department: fields.codeByTableOnly('department'),
      startedAt: fields.instant('startedAt') ?? (trigger === 'A01' || trigger === 'A04' ? recordedAt : null),
      endedAt: fields.instant('endedAt') ?? (trigger === 'A03' ? recordedAt : null),
    },
  ];
}

/** The patient of MRG-1 is the one of PID-3. */
export function readMerge(fields: FieldReader): MergeFact[] {
  const issuer = fields.text('mergedPatientIdIssuer') || fields.settings.issuerOfPatientId;
  return [{ kind: 'merge', merged: { issuer, id: fields.required('mergedPatientId', 'MERGED_PATIENT_ID_MISSING') } }];
}
