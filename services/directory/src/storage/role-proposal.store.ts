import type { Role } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { ProposalState, RoleProposal } from '../domain/role-proposal.js';

const COLUMNS = `proposal_id AS "proposalId", account, account_version AS "accountVersion", roles, hospital, department,
  decided_at_hospital AS "decidedAtHospital", reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt",
  expires_at AS "expiresAt", state, decided_by AS "decidedBy", decided_at AS "decidedAt", decision_note AS "decisionNote"`;

export type NewProposal = Omit<
  RoleProposal,
  'proposalId' | 'expiresAt' | 'state' | 'decidedBy' | 'decidedAt' | 'decisionNote'
>;

/** It waits for as long as the rule of its day says. */
export async function insertProposal(tx: Sql, proposal: NewProposal): Promise<RoleProposal> {
  const inserted = await first<RoleProposal>(
    tx,
    `INSERT INTO role_proposals (account, account_version, roles, hospital, department, decided_at_hospital, reason,
       proposed_by, proposed_at, expires_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz, $9::timestamptz + lasts_days * interval '1 day'
     FROM role_proposal_rules
     WHERE valid_from <= $9::timestamptz AND (valid_to IS NULL OR valid_to >= $9::timestamptz)
     ORDER BY valid_from DESC LIMIT 1
     RETURNING ${COLUMNS}`,
    [
      proposal.account,
      proposal.accountVersion,
      proposal.roles,
      proposal.hospital,
      proposal.department,
      proposal.decidedAtHospital,
      proposal.reason,
      proposal.proposedBy,
      proposal.proposedAt,
    ],
  );
  if (inserted === undefined) throw new Error('No rule says how long a proposal waits');
  return inserted;
}

/** The proposal, held until the transaction ends. */
export const proposalToDecide = (tx: Sql, proposalId: number): Promise<RoleProposal | undefined> =>
  first<RoleProposal>(tx, `SELECT ${COLUMNS} FROM role_proposals WHERE proposal_id = $1 FOR UPDATE`, [proposalId]);

/** The account's proposal that waits, held until the transaction ends. */
export const waitingProposal = (tx: Sql, account: string): Promise<RoleProposal | undefined> =>
  first<RoleProposal>(tx, `SELECT ${COLUMNS} FROM role_proposals WHERE account = $1 AND state = 'waiting' FOR UPDATE`, [
    account,
  ]);

export interface Settlement {
  readonly state: Exclude<ProposalState, 'waiting'>;
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
  readonly decisionNote: string | null;
}

export async function settleProposal(tx: Sql, proposalId: number, settlement: Settlement): Promise<void> {
  const { state, decidedBy, decidedAt, decisionNote } = settlement;
  await tx.query(
    'UPDATE role_proposals SET state = $2, decided_by = $3, decided_at = $4, decision_note = $5 WHERE proposal_id = $1',
    [proposalId, state, decidedBy, decidedAt, decisionNote],
  );
}

/** Those that nobody decided on in time. */
export async function expireProposals(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `UPDATE role_proposals SET state = 'expired', decided_at = expires_at WHERE state = 'waiting' AND expires_at <= $1`,
    [now],
  );
}

export interface ProposalPage {
  readonly list: 'waiting' | 'settled';
  /** Of one hospital; null for all. */
  readonly hospital: string | null;
  /** Behind this one: what waits comes oldest first, what is settled newest first. */
  readonly after: number | undefined;
  readonly limit: number;
}

/** With the names of the account and of who proposed, and what the account has now. */
export interface ListedProposal extends RoleProposal {
  readonly displayName: string;
  readonly proposerName: string;
  readonly rolesNow: readonly Role[];
  readonly hospitalNow: string | null;
  readonly versionNow: number;
}

export function listProposals(sql: Sql, { list, hospital, after, limit }: ProposalPage): Promise<ListedProposal[]> {
  const isWaiting = list === 'waiting';
  const values: unknown[] = [limit];
  const value = (given: unknown) => `$${values.push(given)}`;
  const where = [
    isWaiting ? `state = 'waiting'` : `state <> 'waiting'`,
    ...(hospital === null ? [] : [`decided_at_hospital = ${value(hospital)}`]),
    ...(after === undefined ? [] : [`proposal_id ${isWaiting ? '>' : '<'} ${value(after)}`]),
  ].join(' AND ');
  const order = isWaiting ? 'ASC' : 'DESC';
  return sql.query<ListedProposal>(
    `SELECT page.*, of.display_name AS "displayName", by.display_name AS "proposerName", of.roles AS "rolesNow",
       of.hospital AS "hospitalNow", of.version AS "versionNow"
     FROM (SELECT ${COLUMNS} FROM role_proposals WHERE ${where} ORDER BY proposal_id ${order} LIMIT $1) page
     JOIN staff of ON of.username = page.account JOIN staff by ON by.username = page."proposedBy"
     ORDER BY page."proposalId" ${order}`,
    values,
  );
}
