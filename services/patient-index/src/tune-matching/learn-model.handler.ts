import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import type { MatchModel } from '../domain/evidence/match-model.js';
import { patientIndexProblems } from '../patient-index.errors.js';
import { learnInThread } from './learn-in-thread.js';
import { drawLearningSample } from './learning-sample.js';
import { OneAtATime } from './one-at-a-time.js';

const FEWEST_RECORDS = 200;

export interface LearnedModel {
  readonly model: MatchModel;
  /** From so many of the province's records. */
  readonly records: number;
}

/** Learns m and u from the province's own records, without labels. Nothing holds by it. */
@Injectable()
export class LearnModelHandler {
  private readonly turn = new OneAtATime();

  constructor(private readonly database: Database) {}

  execute(now: Date): Promise<Result<LearnedModel>> {
    const today = now.toISOString().slice(0, 10).replaceAll('-', '');
    return this.turn.run(async () => {
      const sample = await drawLearningSample(this.database, Math.random, today);
      const { length: records } = sample.records;
      if (records < FEWEST_RECORDS) return failure(patientIndexProblems.TOO_FEW_TO_LEARN_FROM);
      return success({ model: await learnInThread(sample), records });
    });
  }
}
