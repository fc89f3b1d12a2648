import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Complaint } from '../domain/complaint.js';

const purpose = 'PATRQT';

/** What was said of looks at the person's data, the newest first, with its answers. */
export const useComplaints = (personId: string) =>
  useQuery({
    queryKey: ['complaints', personId],
    queryFn: async ({ signal }) => {
      const address = `/api/consent-audit/persons/${personId}/complaints`;
      return (await askJson<{ items: readonly Complaint[] }>(address, { signal, purpose })).items;
    },
  });

/** A patient says what is wrong about a look; auditors have a case of it. To say it again changes nothing. */
export function useComplain(personId: string, accessId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      askJson<{ caseId: string }>('/api/consent-audit/cases', { method: 'POST', body: { accessId, reason }, purpose }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['complaints', personId] }),
  });
}
