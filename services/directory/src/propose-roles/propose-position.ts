import { DeedRecordedV1 } from '@yinglian/contracts';
import type { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { type Deed, deedBy } from '@yinglian/platform';
import { decidedAtHospital } from '../domain/duties.js';
import type { RoleProposal } from '../domain/role-proposal.js';
import type { Position, Staff } from '../domain/staff.js';
import type { ActingPerson } from '../manage-staff/acting-person.js';
import { insertProposal } from '../storage/role-proposal.store.js';

/** Writes down what an account is to become. */
export async function proposePosition(
  tx: Sql,
  outbox: Outbox,
  account: Staff,
  { roles, hospital, department, reason }: Position & { readonly reason: string },
  { by, person }: ActingPerson,
  now: Date,
): Promise<RoleProposal> {
  const proposal = await insertProposal(tx, {
    account: account.username,
    accountVersion: account.version,
    roles,
    hospital,
    department,
    decidedAtHospital: decidedAtHospital(account, { hospital }),
    reason,
    proposedBy: by,
    proposedAt: now,
  });
  await outbox.add(tx, DeedRecordedV1, deedBy(person, deedOnProposal(proposal, 'roles.propose'), now));
  return proposal;
}

/** What is recorded of what was done with a proposal. */
export const deedOnProposal = ({ proposalId, account, hospital }: RoleProposal, action: Deed['action']): Deed => ({
  action,
  account,
  hospital,
  object: { kind: 'role-proposal', id: String(proposalId) },
});
