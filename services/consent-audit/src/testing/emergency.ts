import type { Role } from '@yinglian/contracts';
import type { TestPerson } from '@yinglian/platform/testing';

/** What a clinician says who breaks the glass. */
export const emergency = (about: { personId: string } | { studyInstanceUid: string }) => ({
  ...about,
  kind: 'unconscious',
  reason: '车祸送来，昏迷，需要既往头颅影像',
});

/** Somebody whose token says when the second factor was proved: just now unless told. */
export const person = (role: Role, hospital: string | null, more: Partial<TestPerson> = {}): TestPerson => ({
  subject: `the.${role}.${hospital}`,
  displayName: `${role}甲`,
  roles: [role],
  hospital,
  secondFactorAt: new Date(),
  ...more,
});

let persons = 0;

/** A person and a study that no other spec asks about. */
export function newPatient() {
  persons += 1;
  return { personId: `P${String(persons).padStart(26, '0')}`, study: `1.2.3.${persons}` };
}
