import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { type Result, success } from '@yinglian/platform';
import { modelOf } from '../domain/match-settings.js';
import {
  type AskedCounts,
  countAsked,
  type PairsOfBit,
  type PreviewedPair,
  pairsByBits,
  type Thresholds,
  tellingPairs,
} from '../domain/previewed-pair.js';
import { patientsAtRandom } from '../storage/patient-sample.store.js';
import { countSetAsideBelow } from '../storage/set-aside.store.js';
import { OneAtATime } from './one-at-a-time.js';
import { PreviewPairs } from './preview-pairs.js';
import { FEWEST_BITS, type ProposedSettings } from './proposed-settings.js';
import { SettingsInForce } from './settings-in-force.js';

const SAMPLED_AT_MOST = 1_000;
const SHOWN_TO_BITS = 30;
const EXAMPLES = 6;

export interface SettingsPreview {
  /** What it is held against: what is applied must be made from this version. */
  readonly baseVersion: number;
  readonly leastBits: Thresholds;
  /** Patients that were looked at, and of all patients how many each of them stands for. */
  readonly sampled: number;
  readonly eachStandsFor: number;
  /** Questions that the sampled patients would be asked about when they came today. */
  readonly asked: AskedCounts;
  /** Of all open questions, not of the sample. */
  readonly openQuestions: { readonly setAside: number; readonly comeBack: number };
  readonly histogram: readonly PairsOfBit[];
  readonly telling: readonly PreviewedPair[];
}

/** What proposed settings would change, on a sample of the province's own patients. Nothing holds by it. */
@Injectable()
export class PreviewSettingsHandler {
  private readonly turn = new OneAtATime();

  constructor(
    private readonly database: Database,
    private readonly settings: SettingsInForce,
    private readonly previewPairs: PreviewPairs,
  ) {}

  execute(proposed: ProposedSettings, now: Date): Promise<Result<SettingsPreview>> {
    return this.turn.run(async () => {
      const inForce = await this.settings.read(this.database);
      const { patients, eachStandsFor } = await patientsAtRandom(this.database, SAMPLED_AT_MOST, Math.random);
      const unlinked = patients.filter(({ isUnlinked }) => isUnlinked);
      const models = { now: modelOf(inForce), proposed: modelOf(proposed) };
      const pairs = await this.previewPairs.between(this.database, unlinked, models, now);
      const leastBits = { now: inForce.leastBits, proposed: proposed.leastBits };
      return success({
        baseVersion: inForce.version,
        leastBits,
        sampled: patients.length,
        eachStandsFor,
        asked: countAsked(pairs, leastBits),
        openQuestions: await countSetAsideBelow(this.database, proposed.leastBits),
        histogram: pairsByBits(pairs, FEWEST_BITS, SHOWN_TO_BITS),
        telling: tellingPairs(pairs, leastBits, EXAMPLES),
      });
    });
  }
}
