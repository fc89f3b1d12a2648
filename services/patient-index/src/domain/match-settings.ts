import { DEFAULT_MODEL } from './evidence/default-model.js';
import type { MatchModel } from './evidence/match-model.js';

/** From which probability on a match of `Patient/$match` is called so. */
export interface MatchGrades {
  readonly probable: number;
  readonly possible: number;
}

/** How a province weighs records, and from when on it wants to be asked. */
export interface MatchSettings {
  /** 0 is what is shipped. */
  readonly version: number;
  /** Evidence with which a steward is asked. */
  readonly leastBits: number;
  readonly grades: MatchGrades;
  /** Null: the shipped one. */
  readonly model: MatchModel | null;
}

/** Odds of seven to one, and more: below it a steward's time is better spent elsewhere. */
const LEAST_BITS = 3;

export const SHIPPED: MatchSettings = {
  version: 0,
  leastBits: LEAST_BITS,
  grades: { probable: 0.9, possible: 0.001 },
  model: null,
};

export const modelOf = ({ model }: Pick<MatchSettings, 'model'>): MatchModel => model ?? DEFAULT_MODEL;
