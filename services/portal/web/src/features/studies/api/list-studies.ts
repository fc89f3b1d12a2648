import { useQuery } from '@tanstack/react-query';
import { askJson, type Purpose } from '../../../http/ask.js';
import type { Study } from '../domain/study.js';

const WHILE_ARRIVING_MS = 1_500;
const OTHERWISE_MS = 20_000;

/** All studies of a person across hospitals. Looks again soon while one arrives, now and then otherwise. */
export const useStudies = (personId: string, purpose?: Purpose) =>
  useQuery({
    queryKey: ['studies', personId],
    queryFn: async ({ signal }) => {
      const address = `/api/study-registry/persons/${personId}/studies`;
      return (await askJson<{ items: readonly Study[] }>(address, { signal, ...(purpose && { purpose }) })).items;
    },
    refetchInterval: ({ state }) =>
      state.data?.some((study) => study.state === 'arriving') ? WHILE_ARRIVING_MS : OTHERWISE_MS,
  });
