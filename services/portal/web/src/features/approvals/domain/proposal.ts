import type { Role } from '@yinglian/contracts';

/** What an administrator proposes an account to become. */
export interface Proposal {
  readonly proposalId: number;
  readonly account: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly rolesNow: readonly Role[];
  readonly hospital: string | null;
  readonly hospitalNow: string | null;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposerName: string;
  /** UTC. */
  readonly proposedAt: string;
  readonly expiresAt: string;
  readonly state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired';
  /** The account was changed since: it can only be refused. */
  readonly outdated: boolean;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly decisionNote: string | null;
}
