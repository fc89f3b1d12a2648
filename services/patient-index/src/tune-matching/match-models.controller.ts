import { Controller, HttpCode, Post } from '@nestjs/common';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { LearnModelHandler } from './learn-model.handler.js';
import { tunerOf } from './tuner-of.js';

@Controller('api/patient-index/match-models')
export class MatchModelsController {
  constructor(private readonly learnModel: LearnModelHandler) {}

  /** Learns a model from a sample of the province's own records, within some minutes. 409 MATCH_SAMPLE_BUSY, TOO_FEW_TO_LEARN_FROM. */
  @Post()
  @HttpCode(200)
  @Allow({ roles: ['administrator', 'steward'] })
  async learn(@Caller() caller: Principal) {
    tunerOf(caller);
    return unwrap(await this.learnModel.execute(new Date()));
  }
}
