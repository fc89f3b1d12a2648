import { useSyncExternalStore } from 'react';
import type { PersonSearch } from '../api/search-persons.js';

/** The last search, for coming back to its results. In memory only: never in an address, never on disk. */
export interface Searched {
  readonly text: string;
  readonly search: PersonSearch | null;
}

let last: Searched = { text: '', search: null };
const listeners = new Set<() => void>();

export function remember(searched: Searched): void {
  last = searched;
  for (const tell of listeners) tell();
}

export const useLastSearch = () =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => last,
  );
