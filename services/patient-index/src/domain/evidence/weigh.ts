import type { ComparedRecord } from './compared-record.js';
import type { Level } from './comparison.js';
import { COMPARISONS, HOUSEHOLD_FIELDS } from './comparisons.js';
import type { Term } from './count-terms.js';
import type { FrequencyOf, MatchModel } from './match-model.js';

export interface FieldEvidence {
  readonly field: string;
  readonly level: string;
  /** Positive speaks for one person, negative against. */
  readonly bits: number;
}

export interface Evidence {
  /** The prior and all fields. */
  readonly bits: number;
  /** That the records are one person's. */
  readonly probability: number;
  /** Before anything was compared. */
  readonly priorBits: number;
  readonly fields: readonly FieldEvidence[];
}

/** How well a field agrees that both records state. */
export interface ComparedField extends Level {
  readonly field: string;
}

/** How strongly two records speak for one person; what a record does not state says nothing. */
export const weigh = (a: ComparedRecord, b: ComparedRecord, model: MatchModel, frequencyOf: FrequencyOf): Evidence =>
  weighFields(compareFields(a, b), model, frequencyOf);

export const compareFields = (a: ComparedRecord, b: ComparedRecord): ComparedField[] =>
  COMPARISONS.flatMap(({ field, compare }) => {
    const found = compare(a, b);
    return found === null ? [] : [{ field, ...found }];
  });

/** Whose frequencies `weighFields` asks for. */
export const termsInCommon = (compared: readonly ComparedField[]): Term[] =>
  compared.flatMap(({ field, terms = [] }) => terms.map((term) => ({ field, term })));

export function weighFields(compared: readonly ComparedField[], model: MatchModel, frequencyOf: FrequencyOf): Evidence {
  const priorBits = logOdds(model.lambda);
  const stated = compared.map((one) => {
    return { field: one.field, level: one.level, bits: bitsOf(one.field, one, model, frequencyOf) };
  });
  const fields = [...stated, ...sharedHousehold(stated, logOdds(model.household) - priorBits)];
  const bits = fields.reduce((sum, field) => sum + field.bits, priorBits);
  return { bits, probability: 1 / (1 + 2 ** -bits), priorBits, fields };
}

function bitsOf(field: string, { level, terms = [] }: Level, model: MatchModel, frequencyOf: FrequencyOf): number {
  const learned = model.fields[field]?.[level];
  if (learned === undefined) return 0;
  const frequencies = terms.flatMap((term) => frequencyOf(field, term) ?? []).filter((one) => one > 0);
  const u = frequencies.length > 0 ? Math.max(...frequencies) : learned.u;
  return Math.log2(learned.m / Math.min(u, 1));
}

/**
 * Address and phone depend on each other, and a household shares them: together they find a household, and then no more than any of its members.
 * @param most bits from the prior to the odds within a household
 */
function sharedHousehold(stated: readonly FieldEvidence[], most: number): FieldEvidence[] {
  const shared = stated.filter(({ field }) => HOUSEHOLD_FIELDS.has(field)).reduce((sum, { bits }) => sum + bits, 0);
  return shared > Math.max(most, 0) ? [{ field: 'household', level: 'shared', bits: Math.max(most, 0) - shared }] : [];
}

const logOdds = (probability: number): number => Math.log2(probability / (1 - probability));
