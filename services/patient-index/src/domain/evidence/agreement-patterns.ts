import type { ComparedRecord } from './compared-record.js';
import { COMPARISONS } from './comparisons.js';

export type Pair = readonly [ComparedRecord, ComparedRecord];

/** Level of each comparison, in their order; null where a record does not state the field. */
export interface AgreementPattern {
  readonly levels: readonly (string | null)[];
  /** Pairs that agree in this way. */
  readonly count: number;
}

/** Pairs by how they agree: what is learned from millions of pairs depends on some thousand patterns only. */
export function patternsOf(pairs: Iterable<Pair>): AgreementPattern[] {
  const patterns = new Map<string, { levels: (string | null)[]; count: number }>();
  for (const [a, b] of pairs) {
    const levels = COMPARISONS.map(({ compare }) => compare(a, b)?.level ?? null);
    const key = levels.join();
    const known = patterns.get(key);
    if (known === undefined) patterns.set(key, { levels, count: 1 });
    else known.count += 1;
  }
  return [...patterns.values()];
}
