import learned from './default-model.json' with { type: 'json' };
import { lambdaOf, MatchModel } from './match-model.js';

/** Serves until a province has learned its own: as a generated one (testing/sample-province.ts) teaches it, for ten million persons. */
export const DEFAULT_MODEL: MatchModel = {
  ...MatchModel.parse(learned),
  lambda: lambdaOf({ records: 13_500_000, persons: 10_000_000 }),
};
