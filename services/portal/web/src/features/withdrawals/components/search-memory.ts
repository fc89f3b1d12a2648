import { remembered } from '../../../session/remembered.js';
import type { StudyClue } from '../api/find-studies.js';

/** The last search, for coming back to its results. */
export const { set: rememberClue, use: useLastClue } = remembered<StudyClue | null>(null);
