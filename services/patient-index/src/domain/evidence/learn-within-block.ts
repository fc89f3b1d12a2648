import type { AgreementPattern } from './agreement-patterns.js';
import { COMPARISONS } from './comparisons.js';
import { countsOf, type LevelCounts, type LevelShares, posterior, sharesOf } from './level-shares.js';

/** Pairs that agree in something, so that many of them are one person's. */
export interface TrainingBlock {
  /** Fields that agree because the pairs were chosen so: nothing is learned of them here. */
  readonly heldOut: readonly string[];
  readonly patterns: readonly AgreementPattern[];
}

const AT_MOST = 200;
const SETTLED = 1e-6;
// Where the search begins: of one person's records most agree at the best level.
const FIRST_BEST = 0.9;
const FIRST_LAMBDA = 0.1;

/** How often one person's pairs of the block reach each level of the fields that are not held out, by expectation maximisation; u stays. */
export function learnWithin({ heldOut, patterns }: TrainingBlock, u: LevelShares): LevelCounts {
  const fields = Object.keys(u).filter((field) => !heldOut.includes(field));
  let counts: LevelCounts = {};
  let m = firstGuess();
  let lambda = FIRST_LAMBDA;
  for (let round = 0; round < AT_MOST; round += 1) {
    const weights = new Map(patterns.map((one) => [one, one.count * posterior(one, fields, lambda, m, u)]));
    counts = countsOf(patterns, (pattern) => weights.get(pattern) ?? 0);
    m = sharesOf(counts);
    const next = shareOf(patterns, (pattern) => weights.get(pattern) ?? 0);
    const settled = Math.abs(next - lambda) < SETTLED;
    lambda = next;
    if (settled) break;
  }
  return Object.fromEntries(Object.entries(counts).filter(([field]) => fields.includes(field)));
}

/** How many of the pairs are one person's, once m and u are known. */
export function learnShare(
  patterns: readonly AgreementPattern[],
  fields: readonly string[],
  m: LevelShares,
  u: LevelShares,
): number {
  let lambda = FIRST_LAMBDA;
  for (let round = 0; round < AT_MOST; round += 1) {
    const next = shareOf(patterns, (one) => one.count * posterior(one, fields, lambda, m, u));
    const settled = Math.abs(next - lambda) < SETTLED;
    lambda = next;
    if (settled) break;
  }
  return lambda;
}

/** Half a pair for either outcome: however many agree, it is no proof. */
function shareOf(patterns: readonly AgreementPattern[], weightOf: (pattern: AgreementPattern) => number): number {
  const total = patterns.reduce((sum, { count }) => sum + count, 0);
  return (patterns.reduce((sum, pattern) => sum + weightOf(pattern), 0) + 0.5) / (total + 1);
}

function firstGuess(): LevelShares {
  return Object.fromEntries(
    COMPARISONS.map(({ field, levels }) => [
      field,
      Object.fromEntries(
        levels.map((level, rank) => [level, rank === 0 ? FIRST_BEST : (1 - FIRST_BEST) / (levels.length - 1)]),
      ),
    ]),
  );
}
