import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { QuarantineCase } from '../domain/quarantine-case.js';

export const useCase = (caseId: string) =>
  useQuery({
    queryKey: ['quarantine', 'case', caseId],
    queryFn: ({ signal }) =>
      askJson<QuarantineCase>(`/api/study-registry/quarantine/${encodeURIComponent(caseId)}`, {
        signal,
        purpose: 'HOPERAT',
      }),
    refetchOnWindowFocus: false,
  });
