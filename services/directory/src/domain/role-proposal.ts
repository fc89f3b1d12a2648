import type { Officer } from './duties.js';
import { answersFor } from './duties.js';
import { mayAct, type Position, type Staff } from './staff.js';

export type ProposalState = 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired';

/** What an administrator wants an account to become; a security administrator decides. */
export interface RoleProposal extends Position {
  readonly proposalId: number;
  readonly account: string;
  /** It is about this state of the account, and no other. */
  readonly accountVersion: number;
  /** Whose security administrators decide; null where only the commission's do. */
  readonly decidedAtHospital: string | null;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly state: ProposalState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
}

/** What one can say of a proposal, as a code. */
export type Objection =
  | 'ROLE_PROPOSAL_NOT_FOUND'
  | 'ROLE_PROPOSAL_SETTLED'
  | 'ROLE_PROPOSAL_OUTDATED'
  | 'SECOND_PERSON_NEEDED'
  | 'ROLE_NOT_ALLOWED';

/** Why an officer may not approve or refuse it; undefined if they may. */
export function objectionToDeciding(proposal: RoleProposal, officer: Officer, now: Date): Objection | undefined {
  if (!answersFor(officer, proposal.decidedAtHospital)) return 'ROLE_PROPOSAL_NOT_FOUND';
  if (proposal.state !== 'waiting' || proposal.expiresAt <= now) return 'ROLE_PROPOSAL_SETTLED';
  return [proposal.proposedBy, proposal.account].includes(officer.by) ? 'SECOND_PERSON_NEEDED' : undefined;
}

interface Involved {
  readonly account: Staff | undefined;
  readonly approver: Staff | undefined;
  readonly proposer: Staff | undefined;
}

/** Why it does not take effect, as the three accounts are at this moment, whatever older tokens say. */
export function objectionToEffect(proposal: RoleProposal, { account, approver, proposer }: Involved) {
  const { accountVersion, decidedAtHospital } = proposal;
  if (!holds(approver, 'security-administrator', decidedAtHospital)) return 'ROLE_NOT_ALLOWED';
  const isStanding = account?.version === accountVersion && holds(proposer, 'administrator', decidedAtHospital);
  return isStanding ? undefined : 'ROLE_PROPOSAL_OUTDATED';
}

const holds = (staff: Staff | undefined, office: 'administrator' | 'security-administrator', at: string | null) =>
  staff !== undefined && mayAct(staff) && staff.roles.includes(office) && answersFor(staff, at);
