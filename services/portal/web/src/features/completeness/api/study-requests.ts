import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import { isUnderWay, type StudyRequest, type WantedStudy } from '../domain/study-request.js';

const PATH = '/api/study-registry/study-requests';
const LOOK_EVERY_MS = 3_000;

const keyOf = (hospital: string) => ['study-requests', hospital];

/** What a hospital's gateway was asked to fetch, newest first; looked at again while anything is under way. */
export const useStudyRequests = (hospital: string) =>
  useQuery({
    queryKey: keyOf(hospital),
    queryFn: async ({ signal }) =>
      (await askJson<{ requests: readonly StudyRequest[] }>(`${PATH}${queryOf({ hospital })}`, { signal })).requests,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? LOOK_EVERY_MS : false),
  });

export function useRequestStudy(hospital: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: WantedStudy) => askJson<StudyRequest>(PATH, { method: 'POST', body: { hospital, ...wanted } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(hospital) }),
  });
}
