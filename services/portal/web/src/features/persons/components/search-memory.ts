import { remembered } from '../../../session/remembered.js';
import type { PersonSearch } from '../api/search-persons.js';

/** The last search, for coming back to its results. */
export interface Searched {
  readonly text: string;
  readonly search: PersonSearch | null;
}

export const { set: remember, use: useLastSearch } = remembered<Searched>({ text: '', search: null });
