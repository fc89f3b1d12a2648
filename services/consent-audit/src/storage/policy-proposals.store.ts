import type { PolicyFiles } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { Trial } from '../try-policies/trial.js';

export type ProposalState = 'waiting' | 'adopted' | 'refused' | 'withdrawn';

export interface NewProposal {
  readonly proposalId: string;
  readonly version: string;
  /** What was in force then. */
  readonly basedOn: string;
  readonly reason: string;
  readonly trial: Trial;
  readonly proposedBy: string;
  readonly proposedName: string;
  readonly proposedAt: Date;
}

export interface Proposal extends NewProposal {
  readonly files: PolicyFiles;
  /** What was in force when it was proposed. */
  readonly baseFiles: PolicyFiles;
  readonly state: ProposalState;
  readonly decidedBy: string | null;
  readonly decidedName: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
  readonly adoption: number | null;
}

export interface ProposalDecision {
  readonly state: Exclude<ProposalState, 'waiting'>;
  readonly by: { readonly subject: string; readonly displayName: string };
  readonly note: string;
  readonly adoption: number | null;
  readonly at: Date;
}

const LOCK = 7_201_961_001;

/** Until the transaction ends nobody else proposes or decides. */
export async function lockProposals(tx: Sql): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

const SELECT = `
  SELECT proposal_id AS "proposalId", s.version, based_on AS "basedOn", reason, trial, proposed_by AS "proposedBy",
    proposed_name AS "proposedName", proposed_at AS "proposedAt", state, decided_by AS "decidedBy",
    decided_name AS "decidedName", decided_at AS "decidedAt", note, adoption, s.files, base.files AS "baseFiles"
  FROM policy_proposals JOIN policy_sets s USING (version) JOIN policy_sets base ON base.version = based_on`;

/** The newest first. */
export const proposals = (sql: Sql, limit: number): Promise<Proposal[]> =>
  sql.query(`${SELECT} ORDER BY proposed_at DESC, proposal_id LIMIT $1`, [limit]);

export const findProposal = (sql: Sql, proposalId: string): Promise<Proposal | undefined> =>
  first(sql, `${SELECT} WHERE proposal_id = $1`, [proposalId]);

/** What is in force; undefined while the release's own policies are. */
export const adoptedLast = (sql: Sql): Promise<Proposal | undefined> =>
  first(sql, `${SELECT} WHERE adoption IS NOT NULL ORDER BY adoption DESC LIMIT 1`);

export async function insertProposal(tx: Sql, proposal: NewProposal): Promise<void> {
  await tx.query(
    `INSERT INTO policy_proposals (proposal_id, version, based_on, reason, trial, proposed_by, proposed_name, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      proposal.proposalId,
      proposal.version,
      proposal.basedOn,
      proposal.reason,
      JSON.stringify(proposal.trial),
      proposal.proposedBy,
      proposal.proposedName,
      proposal.proposedAt,
    ],
  );
}

export async function decideProposal(
  tx: Sql,
  proposalId: string,
  { state, by, note, adoption, at }: ProposalDecision,
): Promise<void> {
  await tx.query(
    `UPDATE policy_proposals SET state = $2, decided_by = $3, decided_name = $4, decided_at = $5, note = $6, adoption = $7
     WHERE proposal_id = $1`,
    [proposalId, state, by.subject, by.displayName, at, note, adoption],
  );
}
