import { Inject, Injectable } from '@nestjs/common';
import { RepeatedWorker } from '@yinglian/platform';
import { ATNA_SETTINGS, type AtnaSettings } from './atna.config.js';
import { SendAtnaHandler } from './send-atna.handler.js';

const EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 5_000;

/** Sends again and again while a repository is named. */
@Injectable()
export class SendAtnaWorker extends RepeatedWorker {
  constructor(
    private readonly sendAtna: SendAtnaHandler,
    @Inject(ATNA_SETTINGS) private readonly settings: AtnaSettings,
  ) {
    super({ restMs: AFTER_FAILURE_MS, meaning: 'The audit log is not sent' });
  }

  override onApplicationBootstrap(): void {
    if (this.settings.host !== null) super.onApplicationBootstrap();
  }

  protected async turn(): Promise<number> {
    return SendAtnaHandler.isFull(await this.sendAtna.execute(new Date())) ? 0 : EVERY_MS;
  }
}
