import { Injectable } from '@nestjs/common';
import { RepeatedWorker } from '@yinglian/platform';
import { AskAboutNewcomersHandler } from './ask-about-newcomers.handler.js';

/** While few come, a steward is asked so much later than a patient came at most. */
const LOOK_EVERY_MS = 500;
const RETRY_MS = 5_000;

@Injectable()
export class AskAboutNewcomersWorker extends RepeatedWorker {
  constructor(private readonly askAboutNewcomers: AskAboutNewcomersHandler) {
    super({ restMs: RETRY_MS, meaning: 'Stewards are not asked who is likely the same' });
  }

  protected async turn(): Promise<number> {
    return (await this.askAboutNewcomers.execute(new Date())) ? 0 : LOOK_EVERY_MS;
  }
}
