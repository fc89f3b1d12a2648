import type { EventData, StaffChangedV1 } from '@yinglian/contracts';
import type { Deed, ProblemType } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { LastingOffice } from '../domain/duties.js';
import type { Staff } from '../domain/staff.js';
import { violatedConstraint } from '../storage/violated-constraint.js';

/** What the others are told of a member of staff. */
export const staffEvent = (staff: Staff): EventData<typeof StaffChangedV1> => ({
  subject: staff.username,
  hospital: staff.hospital,
  displayName: staff.displayName,
  roles: [...staff.roles],
  active: staff.active,
  version: staff.version,
  changedAt: staff.changedAt.toISOString(),
});

/** What is recorded of what was done to an account. */
export const deedOn = ({ username, hospital, active }: Staff, action: Deed['action']): Deed => ({
  action,
  account: username,
  hospital,
  code: active ? 'ACTIVE' : 'CLOSED',
});

/** What an account was refused for by the database; undefined for any other error. */
export function refusedProblem(error: unknown): ProblemType | undefined {
  const constraint = violatedConstraint(error);
  if (constraint === 'staff_pkey') return directoryProblems.USERNAME_TAKEN;
  if (constraint === 'staff_duties_apart') return directoryProblems.DUTIES_NOT_APART;
  if (constraint === 'role_proposals_waiting') return directoryProblems.ROLE_PROPOSAL_WAITS;
  return constraint?.startsWith('staff_workplace') || constraint === 'role_proposals_hospital_fkey'
    ? directoryProblems.WORKPLACE_UNKNOWN
    : undefined;
}

export const LAST_OF_OFFICE: Readonly<Record<LastingOffice, ProblemType>> = {
  administrator: directoryProblems.LAST_ADMINISTRATOR,
  'security-administrator': directoryProblems.LAST_SECURITY_ADMINISTRATOR,
};
