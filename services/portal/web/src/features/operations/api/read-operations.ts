import { useQuery } from '@tanstack/react-query';
import { askJson, queryOf } from '../../../http/ask.js';
import type { Operations } from '../domain/operations.js';

const LOOK_EVERY_MS = 15_000;

/** How the registry ran in the last hours; looked at again while it is shown. */
export const useOperations = (hours: number) =>
  useQuery({
    queryKey: ['operations', hours],
    queryFn: ({ signal }) =>
      askJson<Operations>(`/api/study-registry/operations${queryOf({ hours: String(hours) })}`, { signal }),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: (before) => before,
  });
