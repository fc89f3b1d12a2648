import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, askJson, queryOf } from '../../../http/ask.js';
import { saveFile } from '../../../http/save-file.js';
import type { AuditCase, CaseState, CaseVerdict, WholeCase } from '../domain/audit-case.js';

const ADDRESS = '/api/consent-audit/cases';
const PAGE = 50;

interface Page {
  readonly items: readonly AuditCase[];
  readonly next: string | null;
}

export type NewEntry =
  | { readonly kind: 'note' | 'answer'; readonly body: string }
  | { readonly kind: 'verdict'; readonly verdict: CaseVerdict; readonly body: string };

/** Those in a state, the newest first. Looking is recorded: only on demand. */
export const useCases = (state: CaseState) =>
  useInfiniteQuery({
    queryKey: ['cases', state],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>(`${ADDRESS}${queryOf({ state, limit: PAGE, cursor: pageParam })}`, { signal, purpose: 'HOPERAT' }),
    getNextPageParam: (page: Page): string | undefined => page.next ?? undefined,
    refetchOnWindowFocus: false,
  });

export const useCase = <Access>(caseId: string) =>
  useQuery({
    queryKey: ['cases', 'one', caseId],
    queryFn: ({ signal }) => askJson<WholeCase<Access>>(`${ADDRESS}/${caseId}`, { signal, purpose: 'HOPERAT' }),
    refetchOnWindowFocus: false,
  });

export const useOpenCase = () =>
  useMutation({
    mutationFn: (body: { title: string; accessIds: readonly string[] }) =>
      askJson<{ caseId: string }>(ADDRESS, { method: 'POST', body, purpose: 'HOPERAT' }),
  });

/** To be taken away with proofs. */
export const useExportCase = (caseId: string) =>
  useMutation({
    mutationFn: async () => {
      const answer = await ask(`${ADDRESS}/${caseId}/export`, { purpose: 'HOPERAT' });
      saveFile(await answer.blob(), `case-${caseId}.json`);
    },
  });

export function useAddEntry(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewEntry) =>
      askJson<unknown>(`${ADDRESS}/${caseId}/entries`, { method: 'POST', body, purpose: 'HOPERAT' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['cases'] }),
  });
}
