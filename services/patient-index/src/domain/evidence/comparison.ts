import type { ComparedRecord } from './compared-record.js';

/** How well one field of two records agrees. */
export interface Level {
  readonly level: string;
  /** What both have in common, as terms are counted: a rare one says more than a frequent one. */
  readonly terms?: readonly string[];
}

/** One field by which records are compared, symmetric and with a bounded cost whatever the input. */
export interface Comparison {
  readonly field: string;
  /** Best first. */
  readonly levels: readonly string[];
  /** Null when a record does not state the field: that is evidence of nothing. */
  readonly compare: (a: ComparedRecord, b: ComparedRecord) => Level | null;
}

/** The best level that any spelling or number of one reaches with any of the other, with the terms of all that reach it. */
export function bestOf<A, B>(
  levels: readonly string[],
  as: readonly A[],
  bs: readonly B[],
  compare: (a: A, b: B) => Level,
): Level | null {
  let best: Level | null = null;
  for (const a of as.slice(0, MOST_VALUES)) {
    for (const b of bs.slice(0, MOST_VALUES)) {
      const one = compare(a, b);
      if (best === null || levels.indexOf(one.level) < levels.indexOf(best.level)) best = one;
      else if (one.level === best.level && one.terms !== undefined) {
        best = { level: one.level, terms: [...(best.terms ?? []), ...one.terms] };
      }
    }
  }
  return best;
}

/** Characters of a text that are compared; what is longer is no name and no number. */
export const MOST_CHARACTERS = 64;
/** Spellings, numbers or phones of one record that are compared. */
export const MOST_VALUES = 8;
