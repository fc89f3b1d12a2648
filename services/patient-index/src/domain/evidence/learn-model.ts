import type { AgreementPattern } from './agreement-patterns.js';
import { COMPARISONS, HOUSEHOLD_FIELDS } from './comparisons.js';
import { learnShare, learnWithin, type TrainingBlock } from './learn-within-block.js';
import { countsOf, type LevelCounts, type LevelShares, posterior, sharesOf, sumOf, within } from './level-shares.js';
import type { MatchModel } from './match-model.js';

export interface TrainingData {
  /** Pairs taken at random, hardly any of them one person's. */
  readonly random: readonly AgreementPattern[];
  readonly blocks: readonly TrainingBlock[];
  /** Pairs of one household: what its members share would be taken for what one person's records share. */
  readonly households: readonly AgreementPattern[];
  /** Each pair once that any block or household has. */
  readonly candidates: readonly AgreementPattern[];
  /** Pairs that all records make. */
  readonly allPairs: number;
}

const ROUNDS = 3;
const AT_MOST = 200;
const SETTLED = 1e-6;
// Of a population without addresses nothing is known: one of a family of four.
const FOUR_AT_HOME = 0.25;

/**
 * Learns a model without labels: u from random pairs, m by expectation maximisation within each block over the fields that it was not
 * chosen by, blocks together by their pairs (Winkler 2000; Enamorado, Fifield and Imai 2019; Linacre et al. 2022). Fields that no pair
 * states are left out.
 */
export function learnModel({ random, blocks, households, candidates, allPairs }: TrainingData): MatchModel {
  let lambda = 0;
  let m: LevelShares = {};
  let u: LevelShares = {};
  // Among few records even random pairs are one person's now and then; what agrees in them would seem to agree by chance.
  for (let round = 0; round < ROUNDS; round += 1) {
    const [known, chance, share] = [m, u, lambda];
    u = sharesOf(countsOf(random, (one) => one.count * (1 - posterior(one, Object.keys(known), share, known, chance))));
    m = learnM(sumOf(blocks.map((block) => learnWithin(block, u))), u);
    lambda = learnLambda(candidates, allPairs, m, u);
  }
  const household = households.length === 0 ? FOUR_AT_HOME : learnShare(households, personalOf(m), m, u);
  const fields = COMPARISONS.filter(({ field }) => m[field] !== undefined).map(({ field, levels }) => [
    field,
    Object.fromEntries(levels.map((level) => [level, { m: within(m[field]?.[level]), u: within(u[field]?.[level]) }])),
  ]);
  return { lambda, household, fields: Object.fromEntries(fields) };
}

/** The share of all pairs that are one person's, as far as blocks bring them together. */
function learnLambda(
  candidates: readonly AgreementPattern[],
  allPairs: number,
  m: LevelShares,
  u: LevelShares,
): number {
  const fields = personalOf(m);
  let lambda = within(1 / Math.max(allPairs, 1));
  for (let round = 0; round < AT_MOST; round += 1) {
    const matches = candidates.reduce((sum, one) => sum + one.count * posterior(one, fields, lambda, m, u), 0);
    const next = within(matches / Math.max(allPairs, 1));
    const settled = Math.abs(Math.log(next / lambda)) < SETTLED;
    lambda = next;
    if (settled) break;
  }
  return lambda;
}

/** What members of a household do not share. */
const personalOf = (m: LevelShares): string[] => Object.keys(m).filter((field) => !HOUSEHOLD_FIELDS.has(field));

/** A level that one person's records were never seen at never speaks for one person. */
function learnM(counts: LevelCounts, u: LevelShares): LevelShares {
  const fields = Object.entries(sharesOf(counts)).map(([field, shares]) => {
    const levels = Object.entries(shares).map(([level, share]) => {
      const seen = (counts[field]?.[level] ?? 0) >= 1;
      return [level, seen ? share : Math.min(share, within(u[field]?.[level]))];
    });
    return [field, Object.fromEntries(levels)];
  });
  return Object.fromEntries(fields);
}
