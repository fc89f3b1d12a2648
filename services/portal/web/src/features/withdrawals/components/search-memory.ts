import { useSyncExternalStore } from 'react';
import type { StudyClue } from '../api/find-studies.js';

let last: StudyClue | null = null;
const listeners = new Set<() => void>();

/** The last search, for coming back to its results. In memory only: never in an address, never on disk. */
export function rememberClue(clue: StudyClue | null): void {
  last = clue;
  for (const tell of listeners) tell();
}

export const useLastClue = () =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => last,
  );
