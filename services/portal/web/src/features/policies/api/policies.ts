import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PolicyFiles } from '@yinglian/contracts';
import { askJson } from '../../../http/ask.js';
import type { PoliciesInForce, Proposal, Trial } from '../domain/policies.js';

const ADDRESS = '/api/consent-audit';
const purpose = 'HOPERAT';

export const usePolicies = () =>
  useQuery({
    queryKey: ['policies', 'in force'],
    queryFn: ({ signal }) => askJson<PoliciesInForce>(`${ADDRESS}/policies`, { signal, purpose }),
  });

/** The newest first. */
export const useProposals = () =>
  useQuery({
    queryKey: ['policies', 'proposals'],
    queryFn: async ({ signal }) =>
      (await askJson<{ items: readonly Proposal[] }>(`${ADDRESS}/policy-proposals`, { signal, purpose })).items,
  });

/** What they would have decided otherwise in the last week. */
export const useTry = () =>
  useMutation({
    mutationFn: (files: PolicyFiles) =>
      askJson<Trial>(`${ADDRESS}/policy-trials`, { method: 'POST', body: { files }, purpose }),
  });

export function usePropose() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { files: PolicyFiles; reason: string }) =>
      askJson<{ proposalId: string }>(`${ADDRESS}/policy-proposals`, { method: 'POST', body, purpose }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['policies'] }),
  });
}

export interface Deciding {
  readonly decision: 'sign' | 'refuse' | 'withdraw';
  readonly note: string;
}

export function useDecideOnPolicies(proposalId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Deciding) =>
      askJson<Proposal>(`${ADDRESS}/policy-proposals/${proposalId}/decision`, { method: 'POST', body, purpose }),
    // After a refusal too: somebody else may have decided.
    onSettled: () => client.invalidateQueries({ queryKey: ['policies'] }),
  });
}
