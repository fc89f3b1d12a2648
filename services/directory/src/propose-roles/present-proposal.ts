import type { RoleProposal } from '../domain/role-proposal.js';
import type { ListedProposal } from '../storage/role-proposal.store.js';

export const presentProposal = ({ decidedAtHospital: _, ...proposal }: RoleProposal) => ({
  ...proposal,
  proposedAt: proposal.proposedAt.toISOString(),
  expiresAt: proposal.expiresAt.toISOString(),
  decidedAt: proposal.decidedAt?.toISOString() ?? null,
});

/** `outdated`: the account is another one than the proposal was about, so that it can no longer be approved. */
export function presentListed({
  displayName,
  proposerName,
  rolesNow,
  hospitalNow,
  versionNow,
  ...proposal
}: ListedProposal) {
  return {
    ...presentProposal(proposal),
    displayName,
    proposerName,
    rolesNow,
    hospitalNow,
    outdated: proposal.state === 'waiting' && versionNow !== proposal.accountVersion,
  };
}
