import { parentPort, workerData } from 'node:worker_threads';
import { learnFromRecords } from '../domain/evidence/learn-from-records.js';
import type { MatchModel } from '../domain/evidence/match-model.js';
import type { LearningSample } from './learning-sample.js';

const RANDOM_PAIRS = 200_000;

/** Learns from the sample that the thread was started with. */
export function answerSample(): void {
  const sample: LearningSample = workerData;
  parentPort?.postMessage(learnFromSample(sample));
}

function learnFromSample({ records, drawn, lambda }: LearningSample): MatchModel {
  const drawnFrom = drawn.flatMap((place) => records[place] ?? []);
  const learned = learnFromRecords(records, { randomPairs: RANDOM_PAIRS, random: Math.random, drawnFrom });
  const levels = Object.entries(learned.fields).map(([field, of]) => [
    field,
    Object.fromEntries(Object.entries(of).map(([level, { m, u }]) => [level, { m: rounded(m), u: rounded(u) }])),
  ]);
  return { lambda, household: rounded(learned.household), fields: Object.fromEntries(levels) };
}

/** No sample tells more than four digits. */
const rounded = (share: number): number => Math.min(Number(share.toPrecision(4)), 0.9999);
