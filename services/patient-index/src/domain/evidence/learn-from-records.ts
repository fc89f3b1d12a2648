import { type Pair, patternsOf } from './agreement-patterns.js';
import { BLOCKING_RULES, HOUSEHOLD_RULES, pairsOf } from './blocking-rules.js';
import type { ComparedRecord } from './compared-record.js';
import { learnModel } from './learn-model.js';
import type { MatchModel } from './match-model.js';

export interface LearningOptions {
  readonly randomPairs: number;
  /** From 0 to 1, such as Math.random. */
  readonly random: () => number;
  /** Whom random pairs are drawn from, where some of the records came along with others: then these are not random. */
  readonly drawnFrom?: readonly ComparedRecord[];
}

/**
 * Learns from records that are at hand, whole or a sample that keeps the records of one person together.
 */
export function learnFromRecords(
  records: readonly ComparedRecord[],
  { randomPairs, random, drawnFrom = records }: LearningOptions,
): MatchModel {
  return learnModel({
    random: patternsOf(pairsAtRandom(drawnFrom, randomPairs, random)),
    blocks: BLOCKING_RULES.map((rule) => ({ heldOut: rule.heldOut, patterns: patternsOf(pairsOf(records, [rule])) })),
    households: patternsOf(pairsOf(records, HOUSEHOLD_RULES)),
    candidates: patternsOf(pairsOf(records, [...BLOCKING_RULES, ...HOUSEHOLD_RULES])),
    allPairs: (records.length * (records.length - 1)) / 2,
  });
}

function* pairsAtRandom(records: readonly ComparedRecord[], count: number, random: () => number): Generator<Pair> {
  if (records.length < 2) return;
  for (let n = 0; n < count; n += 1) {
    const one = Math.floor(random() * records.length);
    const other = (one + 1 + Math.floor(random() * (records.length - 1))) % records.length;
    const [a, b] = [records[one], records[other]];
    if (a !== undefined && b !== undefined) yield [a, b];
  }
}
