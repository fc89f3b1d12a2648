import { clean } from '@yinglian/names';
import { z } from 'zod';
import { COMPARISONS } from '../domain/evidence/comparisons.js';
import { MatchModel } from '../domain/evidence/match-model.js';

/** Below it nobody would be asked in earnest: two persons are thirty times likelier than one. */
export const FEWEST_BITS = -5;
const MOST_BITS = 60;

const LEVELS = new Map(COMPARISONS.map(({ field, levels }) => [field, levels]));

const KnownModel = MatchModel.refine(
  ({ fields }) =>
    Object.entries(fields).every(([field, of]) =>
      Object.keys(of).every((level) => LEVELS.get(field)?.includes(level) ?? false),
    ),
  { message: 'has fields or levels that nothing is compared by' },
);

const proposed = {
  leastBits: z.number().min(FEWEST_BITS).max(MOST_BITS).describe('Evidence with which a steward is asked'),
  model: KnownModel.nullable().describe('null: the shipped one'),
};

/** Settings whose effect is to be looked at. */
export const ProposedSettings = z.strictObject(proposed);
export type ProposedSettings = z.output<typeof ProposedSettings>;

const probability = z.number().gt(0).lt(1);

/** Settings that are to hold. */
export const NewSettings = z.strictObject({
  ...proposed,
  grades: z
    .strictObject({ probable: probability, possible: probability })
    .refine(({ probable, possible }) => possible <= probable, { message: 'needs possible at or below probable' }),
  baseVersion: z.number().int().min(0).describe('The version that they were made from'),
  note: z.string().trim().min(1).max(2000).transform(clean),
});
export type NewSettings = z.output<typeof NewSettings>;
