import { z } from 'zod';

const probability = z.number().gt(0).lt(1);
const share = z.number().gt(0).lte(1);

/**
 * What was learned of a population, as plain JSON. `m` and `u` of a level: how often two records of one person, and two of different persons,
 * reach it where both state the field. `lambda`: how often two records taken at random are one person's (Fellegi and Sunter, 1969); `household`:
 * how often two records of one household are.
 */
export const MatchModel = z.object({
  lambda: probability,
  household: probability,
  fields: z.record(z.string(), z.record(z.string(), z.object({ m: share, u: share }))),
});
export type MatchModel = z.infer<typeof MatchModel>;

/** Of the records that state a field, the share that states this term; undefined when it was not counted. */
export type FrequencyOf = (field: string, term: string) => number | undefined;

/** `lambda` of a population with as many records of as many persons: the model of one province serves a larger one. */
export function lambdaOf({ records, persons }: { records: number; persons: number }): number {
  const recordsOfOne = Math.max(records / Math.max(persons, 1) - 1, 0.01);
  return Math.min(recordsOfOne / Math.max(records - 1, 1), 0.5);
}
