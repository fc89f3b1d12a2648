import { randomUUID } from 'node:crypto';
import type { KeptRecord } from '../storage/keep-accesses.js';

/** Noon in China. */
export const NOON = new Date('2026-11-24T04:00:00Z');
let people = 0;

/** A clinician's look at the study of somebody whom nobody else looks at, by a basis, at noon. */
export function keptLook(subject: string, told: Partial<KeptRecord> & { code?: string; policies?: string[] } = {}) {
  people += 1;
  const { code = 'TREATING_HOSPITAL', policies = [], ...more } = told;
  return {
    eventId: randomUUID(),
    accessId: randomUUID(),
    at: NOON.toISOString(),
    count: 1,
    actor: { subject, displayName: `医生${subject}`, roles: ['clinician'], hospital: 'H001' },
    action: 'study.retrieve',
    purposeOfUse: 'TREAT',
    personId: `P${String(people).padStart(26, '0')}`,
    studyInstanceUid: `1.2.${people}`,
    ownerHospital: 'H002',
    query: [],
    decision: { outcome: 'permit', code, policies, policyVersion: 'v' },
    service: 'study-registry',
    traceId: '',
    ...more,
  } satisfies KeptRecord;
}
