import { learnFromRecords } from '../domain/evidence/learn-from-records.js';
import type { MatchModel } from '../domain/evidence/match-model.js';
import { SampleChance } from './sample-chance.js';
import { sampleProvince } from './sample-province.js';

/** What the shipped model is made of, to three digits: the same each time. */
export function learnedFromSample(): MatchModel {
  const records = sampleProvince(6_000, 1).map(({ record }) => record);
  const model = learnFromRecords(records, { randomPairs: 300_000, random: new SampleChance(2).share });
  return JSON.parse(JSON.stringify(model), (_, value) => (typeof value === 'number' ? rounded(value) : value));
}

const rounded = (share: number): number => Number(share.toPrecision(3));
