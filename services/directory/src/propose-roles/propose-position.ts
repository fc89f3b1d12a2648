import type { Sql } from '@yinglian/persistence';
import { decidedAtHospital, type Officer } from '../domain/duties.js';
import type { RoleProposal } from '../domain/role-proposal.js';
import type { Position, Staff } from '../domain/staff.js';
import { insertProposal } from '../storage/role-proposal.store.js';

/** Writes down what an account is to become. */
export const proposePosition = (
  tx: Sql,
  account: Staff,
  { roles, hospital, department, reason }: Position & { readonly reason: string },
  { by }: Officer,
  now: Date,
): Promise<RoleProposal> =>
  insertProposal(tx, {
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
