import { useInfiniteQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Person } from '../domain/person.js';

/** What persons are searched by; all keys together. */
export interface PersonSearch {
  readonly idNumber?: string;
  readonly name?: string;
  readonly birthDate?: string;
  readonly hospital?: string;
  readonly localId?: string;
}

interface Page {
  readonly persons: readonly Person[];
  readonly nextCursor: string | null;
}

/** The search goes in a body: what is searched for is patient data and has no place in an address. */
export const useFoundPersons = (search: PersonSearch | null) =>
  useInfiniteQuery({
    queryKey: ['persons', 'search', search],
    enabled: search !== null,
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      askJson<Page>('/api/patient-index/person-searches', {
        method: 'POST',
        body: { ...search, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (page: Page): string | undefined => page.nextCursor ?? undefined,
    // Every search is recorded: none is made that nobody asked for.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
