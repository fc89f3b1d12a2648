import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { shippedPolicies, versionOf } from '@yinglian/access';
import type { PolicyFiles } from '@yinglian/contracts';
import { Database, type Sql } from '@yinglian/persistence';
import { type Deed, deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { adoptedLast, insertProposal, lockProposals, type Proposal } from '../storage/policy-proposals.store.js';
import { keepPolicySet } from '../storage/policy-sets.store.js';
import type { Trial } from '../try-policies/trial.js';
import { TryPolicies } from '../try-policies/try-policies.js';
import { readablePolicies } from './readable-policies.js';

/** The version in force, as the province's database has it. */
export const versionInForce = async (sql: Sql): Promise<string> => versionAfter(await adoptedLast(sql));

/** The version of what was adopted; of the release's own where nothing was. */
export function versionAfter(adopted: Proposal | undefined): string {
  const shipped = shippedPolicies();
  return versionOf(adopted === undefined ? shipped : { ...shipped, files: adopted.files });
}

/** What is recorded of it: the version is its code. */
export const deedOnPolicies = (did: 'propose' | 'sign' | 'refuse' | 'withdraw', id: string, code: string): Deed => ({
  action: `policies.${did}`,
  code,
  object: { kind: 'policies', id },
});

/** A security administrator proposes policies; with what they would have decided otherwise in the last week. */
@Injectable()
export class ProposePoliciesHandler {
  constructor(
    private readonly database: Database,
    private readonly tryPolicies: TryPolicies,
  ) {}

  /** Failures: POLICIES_INVALID, POLICIES_BEYOND_LIMITS. */
  async tried(files: PolicyFiles): Promise<Result<Trial & { readonly version: string }>> {
    const policies = readablePolicies(files);
    if (!policies.ok) return policies;
    return success({
      version: policies.value.version,
      ...(await this.tryPolicies.execute(policies.value, new Date())),
    });
  }

  /** Failures: those of a trial, and POLICIES_UNCHANGED. */
  async propose(files: PolicyFiles, reason: string, by: PersonPrincipal): Promise<Result<{ proposalId: string }>> {
    const tried = await this.tried(files);
    if (!tried.ok) return tried;
    const { version, ...trial } = tried.value;
    const proposalId = randomUUID();
    return this.database.transaction(async (tx) => {
      await lockProposals(tx);
      const basedOn = await versionInForce(tx);
      if (basedOn === version) return failure(consentAuditProblems.POLICIES_UNCHANGED);
      await keepPolicySet(tx, { files, schema: shippedPolicies().schema });
      const proposed = { proposedBy: by.subject, proposedName: by.displayName, proposedAt: new Date() };
      await insertProposal(tx, { proposalId, version, basedOn, reason, trial, ...proposed });
      await keepOwnDeed(tx, deedBy(by, deedOnPolicies('propose', proposalId, version), proposed.proposedAt));
      return success({ proposalId });
    });
  }
}
