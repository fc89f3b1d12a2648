import { Injectable } from '@nestjs/common';
import { RepeatedWorker } from '@yinglian/platform';
import { SealLogHandler } from './seal-log.handler.js';

/** A record is sealed so much later than it was kept at most. */
const EVERY_MS = 1_000;

/** Seals the audit log again and again; processes side by side do it in turn. */
@Injectable()
export class SealLogWorker extends RepeatedWorker {
  constructor(private readonly sealLog: SealLogHandler) {
    super({ restMs: EVERY_MS, meaning: 'The audit log is not sealed' });
  }

  protected async turn(): Promise<number> {
    return SealLogHandler.isFull(await this.sealLog.execute(new Date())) ? 0 : EVERY_MS;
  }
}
